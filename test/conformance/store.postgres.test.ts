import { postgresStore } from '../support/stores.ts';
import { storeConformance } from './store.ts';

storeConformance('PostgreSQL', postgresStore);
