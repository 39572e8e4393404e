import { folderStore } from '../support/stores.ts';
import { storeConformance } from './store.ts';

storeConformance('PGlite in a folder', folderStore);
