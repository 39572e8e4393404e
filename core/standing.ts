import type { Keeping } from './erasure.ts';
import type { TaskStory } from './store.ts';
import type { Task } from './task.ts';

/**
 * What a task that has not ended stands at. `line`: nothing keeps it, a bot takes it in its turn · `run`: a worker is at it
 * · `silent`: its worker says nothing any more, another one takes over · `later`: put off, and goes on by itself
 * · `application`: waits for an application or an account there · `key`: another task is at the same record
 * · `person`: a question is open · `version`: no worker runs its bot in the version it needs · `stopped`: a Defect stopped its bot
 */
export type Hold = 'line' | 'run' | 'silent' | 'later' | 'application' | 'key' | 'person' | 'version' | 'stopped';

/** Where a task stands now, why, and since and until when: nothing waits without a reason. Times are ISO, by the database's clock. */
export interface Standing {
  readonly hold: Hold;
  /** A code of `docs/errors.md`; null while nothing is the matter. */
  readonly code: string | null;
  readonly since: string;
  /** When it goes on or is looked at again, or the promise a person is asked to keep; null where nobody knows. */
  readonly until: string | null;
  /** The application, the question, the task that is at the key, the worker or the version: whatever `hold` names; null where unknown. */
  readonly of: string | null;
  /** The person who has the question now. */
  readonly by: string | null;
}

/** A task in a list: null where it has ended. */
export interface ListedTask extends Task {
  readonly standing: Standing | null;
}

/** A task's story up to now: `standing` is null where it has ended; of an erased task the values are gone. */
export interface StoryNow extends TaskStory, Keeping {
  readonly standing: Standing | null;
}
