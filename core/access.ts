/**
 * What all workers know together of the legacy applications and of the bots' accounts there: who has which account,
 * which application is out of order, and which login was refused. Times are ISO strings by the database's clock.
 */

/** A wish for a session at an application. */
export interface AccountNeed {
  readonly application: string;
  /** Names of the accounts that would do. */
  readonly accounts: readonly string[];
  /** How many sessions the application lets one account have at the same time. */
  readonly sessions: number;
  /** The worker process. */
  readonly holder: string;
  /** How long it keeps the account without a sign of life. */
  readonly seconds: number;
}

/** One session's share of an account, lent to one holder: whoever has a lower token is refused. */
export interface AccountLoan {
  readonly application: string;
  readonly account: string;
  /** Which of the account's sessions, from 0. */
  readonly slot: number;
  readonly token: number;
  /** Nobody else had it since this holder gave it back: a window left open may still be signed in. */
  readonly kept: boolean;
  /** The application is parked, and this loan finds out whether it is well again: `recovered` or `giveBack` says. */
  readonly probe: boolean;
}

export interface HeldAccount {
  readonly account: string;
  /** Code of what it is held for. */
  readonly code: string;
  readonly since: string;
  /** Of the credentials that were refused, see `hold`; null where a person holds it: then only a person lets it go. */
  readonly fingerprint: string | null;
}

export type Lending =
  | { readonly state: 'lent'; readonly loan: AccountLoan }
  /** All that would do are lent; the wish is kept in mind for some seconds. */
  | { readonly state: 'busy' }
  | { readonly state: 'held'; readonly accounts: readonly HeldAccount[] }
  /** Out of order, and it is not this holder's turn to find out whether it still is. */
  | { readonly state: 'parked'; readonly since: string };

/** How the application was while the account was used: `unclear` where something else ended the use. */
export type Bearing = { readonly bore: 'well' | 'unclear' } | { readonly bore: 'badly'; readonly code: string };

/** What became of giving an account back. Lanes got work by it: each is a bot's name. */
export interface GivenBack {
  readonly lanes: readonly string[];
  /** The application was parked by it just now. */
  readonly parked: boolean;
}

export interface AccountState {
  readonly account: string;
  readonly state: 'free' | 'lent' | 'held';
  /** Who has it: worker processes, one for each session in use. */
  readonly holders: readonly string[];
  /** How many sessions it may have at the same time. */
  readonly sessions: number;
  /** Why and since when it is held. */
  readonly code: string | null;
  readonly since: string | null;
  /** As the application foretold at the last login. */
  readonly passwordExpiresAt: string | null;
}

export interface ApplicationState {
  readonly application: string;
  /** `open`: bots may work there · `closed`: by its hours · `parked`: out of order · `held`: every account's login was refused. */
  readonly state: 'open' | 'closed' | 'parked' | 'held';
  readonly code: string | null;
  readonly since: string | null;
  /** When it opens, or is looked at again; null when only a person can end it. */
  readonly until: string | null;
  /** Tasks that wait for it. */
  readonly waiting: number;
  /** The soonest promise of these, as it would be if they went on now: an outage moves promises by as long as it lasts. */
  readonly soonest: string | null;
  /** Bad uses in a row; a few of them park it. */
  readonly failures: number;
  /** The newest look whether it is well again: null where none was needed so far. */
  readonly look: ApplicationLook | null;
  readonly accounts: readonly AccountState[];
}

export interface ApplicationLook {
  /** When it answered last; null before the first look at an outage. */
  readonly at: string | null;
  /** What was the matter then; null: it was well. */
  readonly code: string | null;
  /** Looks in vain since work last went well there, those included after which it was parked again. */
  readonly inVain: number;
  /** A look is under way now. */
  readonly underWay: boolean;
}

/** What an application's definition says of how bots may work there. */
export interface ApplicationRules {
  readonly application: string;
  readonly sessionsPerAccount: number;
  /** The least time between two submits of one account; null where none is kept. */
  readonly paceSeconds: number | null;
  /** Null: always open. */
  readonly openingHours: {
    /** IANA name. */
    readonly timeZone: string;
    /** Such as `mon-fri 07:00-19:00`. */
    readonly weekly: readonly string[];
    /** Within them, when it is closed all the same: every week, or once from one local time to another. */
    readonly maintenance: readonly (string | { readonly from: string; readonly to: string })[];
  } | null;
  /** It has a look of its own that tells whether it is well; without, a task's work tells. */
  readonly hasCanary: boolean;
}

/** An application as people see it: `rules` is null where no definition of this installation names it. */
export interface ApplicationInfo extends ApplicationState {
  readonly rules: ApplicationRules | null;
}

/** Something a person may have to know of an application. */
export interface AccessEvent {
  readonly at: string;
  readonly application: string;
  readonly account: string | null;
  /** `account-held`, `account-released`, `password-expires`, `application-parked`, `application-look`, `application-well`. */
  readonly kind: string;
  readonly facts: Readonly<Record<string, string | number | boolean | null>>;
}

export interface AccessStore {
  /** Lends an account that is free to this holder alone; an account of a holder that fell silent is free. */
  lend(need: AccountNeed): Promise<Lending>;
  /** Prolongs the loan; rejects with SessionLost `account-lost` when it is another's. */
  renew(loan: AccountLoan, seconds: number): Promise<void>;
  /** The fence before a submit: rejects with SessionLost `account-lost` when the loan ran out or is another's. */
  check(loan: AccountLoan): Promise<void>;
  /** Seconds until the account's turn to submit, `paceSeconds` after the last one; 0 when it is there. */
  untilTurn(loan: AccountLoan, paceSeconds: number): Promise<number>;
  /** Takes the account's turn to submit, `paceSeconds` after the last one, and answers 0; or the seconds left until then. */
  takeTurn(loan: AccountLoan, paceSeconds: number): Promise<number>;
  /** Ends the loan. A third bad use in a row parks the application; a bad probe leaves it parked for longer. */
  giveBack(loan: AccountLoan, bearing: Bearing): Promise<GivenBack>;
  /** A probe found the application well: waiting tasks go on with a promise moved by the outage. Answers their lanes. */
  recovered(loan: AccountLoan): Promise<readonly string[]>;

  /**
   * Holds the account after a refused login; true for the first who says so. The fingerprint tells these credentials
   * from others and nobody what they are. While a person holds it, it is only kept in mind.
   */
  hold(loan: AccountLoan, code: string, fingerprint: string): Promise<boolean>;
  heldAccounts(application: string): Promise<readonly HeldAccount[]>;
  /**
   * Lets bots sign in again, with the account named or all of the application; answers the lanes that go on. Undefined: none
   * was held. One whose login was refused while a person held it is held for that from then on.
   */
  release(application: string, account: string | undefined, by: string): Promise<readonly string[] | undefined>;
  /** Takes the account out of use until a person releases it; runs that have it go on. False: nobody knows it. */
  takeOut(application: string, account: string, by: string): Promise<boolean>;
  /**
   * Has the parked application looked at now and not later; answers the lanes that got work by it. Undefined: it is not
   * parked. `nothing-waits`: no task waits that could look; the next one that needs the application does.
   */
  lookNow(application: string, by: string): Promise<readonly string[] | 'nothing-waits' | undefined>;
  /** Keeps in mind in how many days the password expires; true when that is worth a warning and none was given today. */
  passwordExpires(loan: AccountLoan, days: number): Promise<boolean>;
  /** Keeps in mind, for people, until when the application is closed. */
  closed(application: string, until: string): Promise<void>;

  /**
   * For a worker's rounds: tasks whose application is in order again go on, and of those that wait for one out of order,
   * one goes ahead when it is time to look. Answers the lanes that got work.
   */
  wakeDue(): Promise<readonly string[]>;

  applications(): Promise<readonly ApplicationState[]>;
  /** The newest first, at most `limit`. */
  events(limit: number): Promise<readonly AccessEvent[]>;
  now(): Promise<string>;
}
