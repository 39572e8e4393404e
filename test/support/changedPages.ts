import { expect } from 'vitest';
import type { Session } from '#runner';

export interface ChangedPage {
  /** Where the pages are, as a glob. */
  readonly at: string;
  /** The page as it comes from the application from now on; what it returns unchanged is left alone. */
  readonly change: (html: string) => string;
}

/** Runs `act` while pages of an application in ISO-8859-1 come with something changed. Rejects where none did. */
export async function withChangedPages<R>(
  { page }: Session,
  { at, change }: ChangedPage,
  act: () => Promise<R>,
): Promise<R> {
  let changed = 0;
  await page.route(at, async (route) => {
    const request = route.request();
    const { 'content-length': _, ...headers } = await request.allHeaders();
    const answer = await fetch(request.url(), { method: request.method(), headers, body: request.postData() });
    const html = Buffer.from(await answer.arrayBuffer()).toString('latin1');
    const shown = change(html);
    if (shown !== html) changed += 1;
    const contentType = answer.headers.get('content-type') ?? 'text/html';
    await route.fulfill({ contentType, body: Buffer.from(shown, 'latin1') });
  });
  try {
    return await act();
  } finally {
    await page.unroute(at);
    expect(changed, 'pages that came changed').toBeGreaterThan(0);
  }
}
