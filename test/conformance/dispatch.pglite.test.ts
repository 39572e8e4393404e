import { pgliteDispatch } from '../support/dispatches.ts';
import { dispatchConformance } from './dispatch.ts';

dispatchConformance('PGlite', pgliteDispatch);
