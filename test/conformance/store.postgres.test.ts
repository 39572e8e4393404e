import { postgresStore } from '../support/stores.ts';
import { storeConformance } from './store.ts';

storeConformance('PostgreSQL', postgresStore);
// Nothing holds a connection while it waits for another: a pool that is used up delays, and never locks up.
storeConformance('PostgreSQL over a single connection', () => postgresStore({ connections: 1 }));
