export type {
  AccessEvent,
  AccessStore,
  AccountLoan,
  AccountNeed,
  AccountState,
  ApplicationInfo,
  ApplicationLook,
  ApplicationRules,
  ApplicationState,
  Bearing,
  GivenBack,
  HeldAccount,
  Lending,
} from './access.ts';
export type { BlobStore } from './blob.ts';
export { type Clock, systemClock } from './clock.ts';
export { NO_TASKS, sumOfCounts } from './counts.ts';
export type { CredentialStore, SealedCredentials } from './credentials.ts';
export {
  type Alternative,
  type Box,
  type DocumentRef,
  type Draft,
  known,
  knownRecord,
  type Note,
  type Page,
  type Reading,
  type SeenPart,
  type Source,
  type Statement,
  type Word,
} from './document.ts';
export {
  type Erased,
  type ErasureStore,
  type Keeping,
  type LegalHold,
  lettersAndDigits,
  type Part,
  type TaskAbout,
  type TaskErasure,
  type UnfinishedErasure,
} from './erasure.ts';
export {
  BusinessException,
  Defect,
  type ForThePerson,
  InvalidInput,
  LeaseLost,
  MAX_ATTEMPTS,
  type NextMove,
  nextMove,
  RekeyError,
  SessionLost,
  SystemException,
  Throttled,
} from './errors.ts';
export { newId, sha256 } from './ids.ts';
export { inTime } from './inTime.ts';
export type { Journal } from './journal.ts';
export { createLogger, describeError, type LogContext, type Logger, silentLogger, within } from './log.ts';
export type {
  KeptPaper,
  Layout,
  LayoutMemory,
  LayoutSummary,
  Lesson,
  LessonState,
  Teaching,
} from './memory.ts';
export type {
  AnswerOutcome,
  BotInfo,
  NewCalendar,
  NewSchedule,
  Office,
  Order,
  OrderReceipt,
  Overview,
  ScheduleDesk,
  ScheduleWithRuns,
} from './office.ts';
export { redactUrls } from './redact.ts';
export { runQuestion } from './runQuestion.ts';
export {
  type Calendar,
  type CalendarStore,
  type DayOffPolicy,
  type DecidedTime,
  type LastRun,
  type LeftOutReason,
  type MissedPolicy,
  type OutsidePolicy,
  type OverlapPolicy,
  PLAIN_TIMING,
  type PlannedStart,
  type Schedule,
  type ScheduleDecision,
  type SchedulePut,
  type ScheduleStore,
  type Shift,
  type SpecialDay,
  type StartWindow,
  type Timing,
} from './schedules.ts';
export { Secret } from './secret.ts';
export type { PaperLook, SeenPaper, SeenPapers } from './seenPapers.ts';
export type { Hold, ListedTask, Standing, StoryNow } from './standing.ts';
export type {
  BotCard,
  Counts,
  Dispatch,
  EventStore,
  Figures,
  HaltedBot,
  HumanQueue,
  Mended,
  MendedKind,
  NewTask,
  Store,
  Submitted,
  TaskFilter,
  TaskStore,
  TaskStory,
} from './store.ts';
export type {
  Answer,
  Choice,
  Comparison,
  Effect,
  Evidence,
  GivenAnswer,
  HumanTask,
  Intent,
  Lease,
  Outcome,
  Problem,
  Question,
  QuestionKind,
  Receipt,
  StepKind,
  StepRecord,
  Task,
  TaskEvent,
  TaskState,
} from './task.ts';
export { BROWSER_TRACE } from './task.ts';
export { together } from './together.ts';
export type {
  BudgetSetting,
  TrustClass,
  TrustLabel,
  TrustLayer,
  TrustReport,
  TrustSetting,
  TrustStore,
} from './trust.ts';
