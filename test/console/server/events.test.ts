import { afterAll, beforeAll, expect, it } from 'vitest';
import { type OpenConsole, openConsole } from '../../support/openConsole.ts';

let console: OpenConsole;
let task: string;
beforeAll(async () => {
  console = await openConsole();
  task = console.seed.task('supplier-invoice').id;
  for (let i = 0; i < 2_500; i++) console.seed.event(task, 'step', { i });
});
afterAll(() => console.close());

/** Reads a stream until it holds so many messages, then leaves it. */
async function listen(path: string, messages: number, headers: Record<string, string> = {}, onOpen = () => {}) {
  const gone = new AbortController();
  const all = { accept: 'text/event-stream', ...headers };
  const response = await fetch(console.url + path, { headers: all, signal: gone.signal });
  onOpen();
  let text = '';
  const count = () => text.split('\n\n').filter((part) => part.startsWith('id: ')).length;
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    if (count() >= messages) break;
  }
  gone.abort();
  const ids = [...text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id));
  return { type: response.headers.get('content-type'), ids };
}

it('pages through events as JSON', async () => {
  const response = await fetch(`${console.url}/api/events?since=10&limit=3`);
  const events = (await response.json()) as { seq: number }[];
  expect(events.map(({ seq }) => seq)).toEqual([11, 12, 13]);
});

it('streams what happens from now on', async () => {
  const stream = listen('/api/events', 1, {}, () => console.seed.event(task, 'done'));
  expect(await stream).toEqual({ type: 'text/event-stream', ids: [2_502] });
});

it('starts some events before now when asked', async () => {
  expect((await listen('/api/events?last=5', 5)).ids).toEqual([2_498, 2_499, 2_500, 2_501, 2_502]);
});

it('goes on after what a browser saw last, and leaves nothing out', async () => {
  const { ids } = await listen('/api/events', 1_502, { 'last-event-id': '1000' });
  expect(ids).toEqual(Array.from({ length: 1_502 }, (_, i) => 1_001 + i));
});

it('ends its streams when the console closes', async () => {
  const other = await openConsole();
  const response = await fetch(`${other.url}/api/events`, { headers: { accept: 'text/event-stream' } });
  const text = response.text();
  await other.close();
  await expect(text).resolves.toContain('retry');
});
