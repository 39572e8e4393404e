import { postgresDispatch } from '../support/dispatches.ts';
import { dispatchConformance } from './dispatch.ts';

dispatchConformance('PostgreSQL', postgresDispatch);
