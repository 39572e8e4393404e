import type { ColumnType, Generated, Kysely } from 'kysely';
import type {
  DayOffPolicy,
  LeftOutReason,
  LessonState,
  MendedKind,
  MissedPolicy,
  OutsidePolicy,
  OverlapPolicy,
  QuestionKind,
  StepKind,
  TaskState,
} from '#core';
import type {
  AccessEventTable,
  AccountLoanTable,
  AccountTable,
  ApplicationTable,
  CredentialTable,
} from './accessSchema.ts';
import type { Json, JsonOrNull, Sketch, Time, TimeOrNull } from './columns.ts';

export interface TaskTable {
  id: string;
  bot: string;
  bot_version: string | null;
  key: string;
  input: Json;
  state: TaskState;
  reason: string | null;
  skill: string;
  value: number;
  received_at: Time;
  due_at: Time;
  ended_at: TimeOrNull;
  attempt: Generated<number>;
  output: JsonOrNull;
  /** No run starts before. */
  available_at: Time;
  /** Counts up with every claim: the fence. */
  lease_token: Generated<number>;
  lease_run: string | null;
  lease_until: TimeOrNull;
  /** Runs in a row whose worker died. */
  deaths: Generated<number>;
  /** The application it waits for. */
  parked_on: string | null;
  /** Since when run after run was throttled by something that has no end of its own. */
  throttled_since: TimeOrNull;
}

export interface RunTable {
  id: string;
  task: string;
  bot: string;
  bot_version: string;
  worker: string;
  started_at: Time;
  ended_at: TimeOrNull;
  /** An outcome's kind, `lost` (the worker died or lost its lease) or `overruled` (a person's answer ended it). */
  outcome: string | null;
}

export interface StepTable {
  task: string;
  name: string;
  kind: StepKind;
  /** SQL null where the step returned nothing. */
  value: JsonOrNull;
  at: Time;
}

export interface EffectTable {
  id: Generated<string>;
  task: string;
  step: string;
  application: string;
  screen: string;
  key: string;
  state: 'intended' | 'proven' | 'withdrawn' | 'left';
  record: Json;
  intended_at: Time;
  receipt: JsonOrNull;
  /** When, why and by whom it was withdrawn or left; all null where an older version withdrew it. */
  closed_at: TimeOrNull;
  closed_because: string | null;
  closed_by: string | null;
}

/** A task that came to a key while another was at it, and since when it waits its turn. */
export interface KeyWaitTable {
  task: string;
  step: string;
  application: string;
  screen: string;
  key: string;
  since: Time;
}

/** A version of a bot that workers somewhere take tasks of. */
export interface RunningVersionTable {
  bot: string;
  version: string;
  seen_at: Time;
  /** Whose code goes on with its tasks; its own where absent. */
  code: string | null;
  /** Whether tasks that have not begun go to it; they do where absent. */
  takes_new: boolean | null;
}

export interface QuestionTable {
  id: string;
  task: string;
  bot: string;
  skill: string;
  step: string;
  kind: QuestionKind;
  code: string;
  /** The rest of the Question. */
  body: Json;
  open: Generated<boolean>;
  asked_at: Time;
  due_at: Time;
  claimed_by: string | null;
  claimed_until: TimeOrNull;
  answer: JsonOrNull;
  answered_by: string | null;
  answered_at: TimeOrNull;
  used: Generated<boolean>;
}

export interface EvidenceTable {
  id: Generated<string>;
  task: string;
  step: string;
  label: string;
  sha256: string;
  at: Time;
}

export interface EventTable {
  /** `int8` comes as a string from both databases. */
  seq: Generated<string>;
  at: Time;
  task: string;
  bot: string;
  kind: string;
  facts: Json;
}

/** Tasks that have ended, as many as ended alike. */
export interface EndedSumTable {
  bot: string;
  state: 'done' | 'rejected';
  /** No person answered a question of it. */
  straight: boolean;
  /** Time from first run to end, as a power (see `figures.ts`); null where it did not go straight through. */
  pace: number | null;
  tasks: number;
}

/** One row: the last event that `ended_sums` knows of. */
export interface SummedEventTable {
  until: ColumnType<string, number, number>;
}

/** What was found amiss and set right, by day. */
export interface MendedTable {
  day: ColumnType<Date, string, string>;
  kind: MendedKind;
  bot: string;
  times: number;
  tasks: number;
  last_at: Time;
}

export interface ScheduleTable {
  name: string;
  bot: string;
  cron: string;
  time_zone: string;
  input: Json;
  missed: MissedPolicy;
  overlap: OverlapPolicy;
  calendar: string | null;
  workday: number | null;
  day_off: DayOffPolicy;
  window_from: string | null;
  window_to: string | null;
  outside: OutsidePolicy;
  jitter_seconds: number;
  /** What schedulers that know only plain cron see: true also where the rest is beyond them. */
  paused: boolean;
  /** Whether it is paused; null where `paused` says it. */
  held: boolean | null;
  held_until: TimeOrNull;
  /** Of the release before 0007; ours is `decided_until`. */
  done_until: Time;
  decided_until: Time;
  through_day: string | null;
  waiting_due: TimeOrNull;
  revision: Generated<number>;
  last_task: string | null;
}

export interface ScheduleTimeTable {
  schedule: string;
  due_at: Time;
  task: string | null;
  reason: LeftOutReason | null;
  count: Generated<number>;
  decided_at: Time;
}

export interface CalendarTable {
  name: string;
  version: number;
  working_days: Json;
  special_days: Json;
  at: Time;
}

export interface HaltedBotTable {
  bot: string;
  version: string;
  code: string;
  message: string;
  at: Time;
}

/** What is known of a bot's lane to order its work. */
export interface LaneTable {
  bot: string;
  claims: Generated<number>;
  /** Moving mean of a run's seconds. */
  handling_seconds: Generated<number>;
  drawn_at: TimeOrNull;
  /** Tasks that could be claimed when they were last counted. */
  backlog: Generated<number>;
  counted_at: TimeOrNull;
}

/** What people's answers said of single fields. */
export interface LabelTable {
  id: Generated<string>;
  task: string;
  step: string;
  field: string;
  reading_group: string;
  trust: number;
  is_right: boolean;
  sampled: boolean;
  at: Time;
}

export interface TrustLayerTable {
  version: Generated<string>;
  at: Time;
  body: Json;
  taken_back_at: TimeOrNull;
}

export interface LayoutTable {
  id: string;
  extractor: string;
  /** Counts up with every change. */
  revision: number;
  signature: Json;
  sketch: Sketch;
  changed_at: Time;
}

export interface KeptPaperTable {
  layout: string;
  sha256: string;
  pages: Json;
  /** What the extractor read, and what the person said, by field. */
  read_values: Json;
  said_values: Json;
  at: Time;
}

export interface LessonTable {
  layout: string;
  field: string;
  version: number;
  state: LessonState;
  reason: string | null;
  body: Json;
  right_on: number;
  papers: number;
  /** sha256 of the paper whose answer taught it. */
  paper: string;
  by_person: string;
  at: Time;
}

/** What the paper of a task looks like. */
export interface SeenPaperTable {
  task: string;
  bot: string;
  document: Json;
  sketch: Sketch;
  facts: Json;
  received_at: Time;
}

/** A task that is not erased while this stands. */
export interface LegalHoldTable {
  task: string;
  why: string;
  by_person: string;
  at: Time;
}

/** A task whose values are gone from the record. */
export interface ErasureTable {
  task: string;
  by_person: string;
  at: Time;
  /** Names of blobs the task spoke of; emptied when those that nobody else speaks of are gone from the archive. */
  blobs: Json;
  finished_at: TimeOrNull;
}

export interface Tables {
  tasks: TaskTable;
  runs: RunTable;
  steps: StepTable;
  effects: EffectTable;
  key_waits: KeyWaitTable;
  running_versions: RunningVersionTable;
  questions: QuestionTable;
  evidence: EvidenceTable;
  events: EventTable;
  ended_sums: EndedSumTable;
  summed_events: SummedEventTable;
  mended: MendedTable;
  schedules: ScheduleTable;
  schedule_times: ScheduleTimeTable;
  calendars: CalendarTable;
  halted_bots: HaltedBotTable;
  lanes: LaneTable;
  layouts: LayoutTable;
  kept_papers: KeptPaperTable;
  lessons: LessonTable;
  seen_papers: SeenPaperTable;
  labels: LabelTable;
  trust_layers: TrustLayerTable;
  legal_holds: LegalHoldTable;
  erasures: ErasureTable;
  credentials: CredentialTable;
  applications: ApplicationTable;
  accounts: AccountTable;
  account_loans: AccountLoanTable;
  access_events: AccessEventTable;
}

/** The database or an open transaction on it. */
export type Db = Kysely<Tables>;
