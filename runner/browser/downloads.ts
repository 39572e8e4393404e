import { readFile } from 'node:fs/promises';
import type { BrowserContext, Download, Page } from 'playwright-core';
import { type BlobStore, type Clock, Defect, type DocumentRef, type Logger, SystemException } from '#core';
import type { App } from '../app.ts';
import { inTime } from './deadline.ts';
import { downloadLimits, patience } from './needs.ts';

/** The files an application sends: taken while they are asked for, refused at any other time. */
export interface Downloads {
  /** Waits for the file that `act` brings about and keeps it in the archive. */
  take(act: () => Promise<void>): Promise<DocumentRef>;
}

export interface DownloadsOptions {
  readonly app: App;
  readonly archive: BlobStore | undefined;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Content types by the address they came from, since a browser tells of a download without its type. */
type Types = ReadonlyMap<string, string>;

export function takeDownloads(context: BrowserContext, options: DownloadsOptions): Downloads {
  const { app, archive, log } = options;
  const limits = downloadLimits(app);
  let wanted: PromiseWithResolvers<Download> | undefined;
  const types = new Map<string, string>();

  context.on('page', (page) =>
    page.on('download', (download) => {
      if (wanted) return wanted.resolve(download);
      log.warn({ application: app.name }, 'a file nobody asked for was refused');
      void download.cancel().catch(() => {});
    }),
  );

  async function take(act: () => Promise<void>): Promise<DocumentRef> {
    if (!limits || !archive) {
      throw new Defect('downloads-refused', `${app.name} may send no files; declare it with { downloads: true }.`);
    }
    const note = (response: { url(): string; headers(): Record<string, string> }) => {
      types.set(response.url(), response.headers()['content-type'] ?? '');
    };
    context.on('response', note);
    wanted = Promise.withResolvers<Download>();
    const sizes = await watchSizes(context.pages(), limits.bytes, () => wanted?.promise.then((file) => file.cancel()));
    try {
      const [download] = await Promise.all([begun(options, wanted.promise), act()]);
      const path = await arrived(options, download, limits.ms);
      const document = refOf(await archive.put(await readFile(path)), download, types);
      await download.delete();
      return document;
    } finally {
      wanted = undefined;
      types.clear();
      context.off('response', note);
      await sizes.end();
    }
  }
  return { take };
}

async function begun({ app, clock }: DownloadsOptions, coming: Promise<Download>): Promise<Download> {
  const download = await inTime(clock, patience(app), coming, undefined);
  if (download) return download;
  throw new SystemException('download-missing', `${app.name} did not send the file it was asked for.`);
}

/** Where the whole file is. One that does not end, in time or in size, is cut off. */
async function arrived({ app, clock }: DownloadsOptions, download: Download, ms: number): Promise<string> {
  const failure = await inTime(clock, ms, download.failure(), 'late' as const);
  if (failure === null) return download.path();
  await download.cancel().catch(() => {});
  throw new SystemException(
    'download-cut-off',
    `A file that ${app.name} was sending broke off, or was larger or slower than this application's files may be.`,
  );
}

function refOf(sha256: string, download: Download, types: Types): DocumentRef {
  const type = types.get(download.url()) ?? '';
  return { sha256, name: download.suggestedFilename(), mime: type.split(';')[0]!.trim() || 'application/octet-stream' };
}

/** Calls `exceeded` when a download of these pages grows past `bytes`. */
async function watchSizes(pages: readonly Page[], bytes: number, exceeded: () => Promise<unknown> | undefined) {
  const sessions = await Promise.all(pages.map((page) => page.context().newCDPSession(page)));
  for (const session of sessions) {
    session.on('Page.downloadProgress', ({ receivedBytes, state }) => {
      if (state === 'inProgress' && receivedBytes > bytes) void exceeded()?.catch(() => {});
    });
    await session.send('Page.enable');
  }
  return {
    async end() {
      for (const session of sessions) await session.detach().catch(() => {});
    },
  };
}
