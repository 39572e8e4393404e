export { openArchive } from './folder.ts';
