import { redisDispatch } from '../support/dispatches.ts';
import { dispatchConformance } from './dispatch.ts';

dispatchConformance('Redis', redisDispatch);
