import type { Page } from 'playwright-core';
import { type ApplicationRules, Defect } from '#core';
import { type OpeningHours, readHours } from './access/index.ts';
import { checkHosts, patience, type Session, type WindowNeeds } from './browser/index.ts';

/** An account bots sign in with: from the vault or the settings, never from a bot's code. */
export interface Account {
  /** What tells it from the application's other accounts: in the record, in commands, never in the application. */
  readonly name: string;
  readonly url: string;
  readonly user: string;
  /** Handed out only while signing in; never logged. */
  readonly password: string;
  /** The current one-time code, which no other run is given; absent where the account has no secret for them. */
  readonly totp?: () => Promise<string>;
  /** The account as it stands by now, where its password can change under a running worker. */
  readonly current?: () => Promise<Account>;
}

/** What a sign-in is lent. It is good until the sign-in ends, and tells nothing afterwards. */
export interface Credentials extends Pick<Account, 'name' | 'url' | 'user' | 'password'> {
  /** The current one-time code. Rejects with SystemException where the account has no secret for them. */
  readonly totp: () => Promise<string>;
}

export interface AppDefinition extends WindowNeeds {
  /** Names the settings too: REKEY_APP_<NAME>_URL, _USER, _PASSWORD. */
  readonly name: string;
  /** From a blank page to a signed-in one. The runner asks `signedOut` afterwards to see whether it worked. */
  signIn(page: Page, account: Credentials): Promise<void>;
  /** True when the page shows that this session is no longer ours: a login form, "Session expired!". */
  signedOut(page: Page): Promise<boolean>;
  /**
   * Seconds that a submit may go on being written after it left the browser, whatever the browser got to see of it. What is
   * not found that long, and the application's patience on top, after the intent was not written.
   */
  readonly settlingSeconds: number;
  /** What the application can store: a value outside is stopped before it is typed. */
  readonly charset: 'utf-8' | 'iso-8859-1';
  /** How many sessions the application lets one account have at the same time; 1 where absent. */
  readonly sessionsPerAccount?: number;
  /** The least time between two submits of one account, on all machines together; none where absent. */
  readonly paceSeconds?: number;
  /** When bots may work there; always where absent. */
  readonly openingHours?: OpeningHours;
  /** A look that changes nothing and rejects unless the application is well: asked before bots go back to it after an outage. */
  canary?(session: Session): Promise<void>;
  /** In how many days the account's password ends, as the page after the login says; undefined where it says nothing. */
  passwordExpires?(page: Page): Promise<number | undefined>;
}

export type App = Readonly<AppDefinition>;

/** One legacy application: how to sign in, how to see that one is signed out, what it can hold. */
export function defineApp(definition: AppDefinition): App {
  if (!/^[a-z][a-z0-9-]*$/.test(definition.name)) {
    throw new Defect('bad-name', `An application's name is kebab-case; change "${definition.name}".`);
  }
  checkHosts(definition);
  if (definition.openingHours) readHours(definition.openingHours);
  return Object.freeze({ ...definition });
}

/** Whether the application can store this text without changing it. */
export function canHold(app: Pick<App, 'charset'>, text: string): boolean {
  // The first 256 code points of Unicode are ISO-8859-1; the others it stores as something else, without a word. Browsers
  // take that name for windows-1252, which puts other characters where ISO-8859-1 has its upper control codes.
  return app.charset === 'utf-8' || /^[\p{ASCII}\u00a0-\u00ff]*$/u.test(text);
}

/** Seconds after an intent in which its submit may still be written: it left as late as the application's patience allowed. */
export function settledAfterSeconds(app: App): number {
  return patience(app) / 1000 + app.settlingSeconds;
}

/** What people are told of how bots work there. */
export function rulesOf({ name, sessionsPerAccount = 1, paceSeconds, openingHours, canary }: App): ApplicationRules {
  return {
    ...{ application: name, sessionsPerAccount, paceSeconds: paceSeconds ?? null, hasCanary: canary !== undefined },
    openingHours: openingHours ? { maintenance: [], ...openingHours } : null,
  };
}
