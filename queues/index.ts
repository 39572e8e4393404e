export { type DispatchPlace, type OpenDispatch, openDispatch, type TicketOptions } from './dispatch.ts';
export { type MendedLane, type Reconciler, type ReconcilerOptions, startReconciler } from './reconciler.ts';
export { writeSpecialDays } from './schedules/calendarFile.ts';
export { editedCalendar } from './schedules/calendars.ts';
export { isPaused } from './schedules/decide.ts';
export { type Scheduler, type SchedulerOptions, scheduleKey, startScheduler } from './schedules/scheduler.ts';
export { checkTiming, nextStarts } from './schedules/timing.ts';
export { announceVersions } from './versions.ts';
export { type RunningWorker, startWorker, type WorkerOptions } from './worker.ts';
