export { endsInTime } from './deadline.ts';
export { failurePicture, type Masked, screenshot } from './evidence.ts';
export { checkHosts, patience, type WindowNeeds } from './needs.ts';
export { type BrowserPool, type BrowserPoolOptions, openBrowserPool } from './pool.ts';
export type { Session } from './session.ts';
export { failureTrace } from './trace.ts';
export { traceFile } from './traceFile.ts';
export type { Window } from './window.ts';
