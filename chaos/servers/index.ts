export { freshDatabase, hasPostgres, type PostgresServer, startPostgres } from './postgres.ts';
export { freePort, type MortalServer, type Server, stop, untilAnswers } from './program.ts';
export { hasRedis, startRedis } from './redis.ts';
