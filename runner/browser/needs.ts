import type { Locator, Page } from 'playwright-core';
import { Defect } from '#core';

/** What an application asks of the window in which a bot works: one line of `defineApp` each, and each may be absent. */
export interface WindowNeeds {
  /** Seconds the application may take to answer one action; 30 where absent. A page dead for longer is given up. */
  readonly patienceSeconds?: number;
  /** The same while it is being signed in to, where the first login of the day wakes it up; its patience where absent. */
  readonly signInSeconds?: number;
  /** Further hosts its pages need, such as `cdn.example.com` or `*.example.com:8443`; port 443 where none is named. */
  readonly hosts?: readonly string[];
  /** Path of the page that `session.goto` says it comes from, where addresses opened from nowhere are refused. */
  readonly referer?: string;
  /** The web server itself asks for the account's user and password before the application is reached. */
  readonly basicAuth?: boolean;
  /** Its certificate is vouched for by nobody and taken as it is. */
  readonly selfSigned?: boolean;
  /** Files it sends are taken by `session.download`; refused where absent. `true`: up to 50 MB, as long as its patience. */
  readonly downloads?: boolean | DownloadLimits;
  /** What may stand in the way on any page, and how to get past it. */
  readonly interruptions?: readonly Interruption[];
}

export interface DownloadLimits {
  readonly megabytes: number;
  readonly seconds: number;
}

/** A reminder, a wizard, a survey: not asked for, in the way wherever it comes up. */
export interface Interruption {
  /** Constant words for the log. */
  readonly name: string;
  /** What is visible exactly while it is in the way. Frames are reached with `page.frameLocator`. */
  readonly shown: (page: Page) => Locator;
  /** Gets rid of it without deciding anything about a record. */
  readonly dismiss: (page: Page) => Promise<void>;
}

const DEFAULT_PATIENCE_SECONDS = 30;
const DEFAULT_DOWNLOAD_MEGABYTES = 50;

/** Milliseconds the application may take to answer one action. */
export function patience({ patienceSeconds = DEFAULT_PATIENCE_SECONDS }: WindowNeeds): number {
  return patienceSeconds * 1000;
}

/** What a download of this application may be at most; undefined where it may send none. */
export function downloadLimits(needs: WindowNeeds): { readonly bytes: number; readonly ms: number } | undefined {
  const { downloads } = needs;
  if (!downloads) return undefined;
  if (downloads === true) return { bytes: DEFAULT_DOWNLOAD_MEGABYTES * 1_000_000, ms: patience(needs) };
  return { bytes: downloads.megabytes * 1_000_000, ms: downloads.seconds * 1000 };
}

/** Rejects hosts that would open the list wider than they look: they become rules of the browser's proxy. */
export function checkHosts({ hosts = [] }: WindowNeeds): void {
  for (const host of hosts) {
    if (/^(\*\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?$/.test(host)) continue;
    throw new Defect(
      'bad-host',
      `A host is a name in small letters, with its port where it is not 443; change "${host}".`,
    );
  }
}
