export { type PostgresServer, startPostgres } from '../../chaos/servers/index.ts';
