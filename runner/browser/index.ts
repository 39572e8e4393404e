export { screenshot } from './evidence.ts';
export { type BrowserPool, openBrowserPool } from './pool.ts';
export type { Session } from './session.ts';
export type { Window } from './window.ts';
