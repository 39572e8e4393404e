export type { OpenLane } from './lanes.ts';
export { type DatabasePool, memoryImage, type OpenStore, openStore, type StorePlace } from './open.ts';
