export { freePort, type Server, startRedis, stop, untilAnswers } from '../../chaos/servers/index.ts';
