import { memoryStore } from '../support/stores.ts';
import { storeConformance } from './store.ts';

storeConformance('PGlite in memory', memoryStore);
