export { checkTiming, dueTimes, nextRuns } from './cron.ts';
export { type DispatchPlace, type OpenDispatch, openDispatch, type TicketOptions } from './dispatch.ts';
export { type MendedLane, type Reconciler, type ReconcilerOptions, startReconciler } from './reconciler.ts';
export { type Scheduler, type SchedulerOptions, scheduleKey, startScheduler } from './scheduler.ts';
export { type RunningWorker, startWorker, type WorkerOptions } from './worker.ts';
