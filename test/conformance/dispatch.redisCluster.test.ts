import { clusterDispatch } from '../support/dispatches.ts';
import { dispatchConformance } from './dispatch.ts';

dispatchConformance('Redis Cluster', clusterDispatch);
