import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenConsole, openConsole } from '../../support/openConsole.ts';

let console: OpenConsole;
beforeAll(async () => {
  console = await openConsole();
});
afterAll(() => console.close());

const call = (path: string, init: RequestInit = {}) => fetch(new URL(path, console.url), init);
const json = (body: unknown, more: Record<string, string> = {}) => ({
  body: JSON.stringify(body),
  headers: { 'content-type': 'application/json', ...more },
});
const as = (person: string) => ({ 'x-rekey-person': encodeURIComponent(person) });
const pdf = (text: string) => Buffer.from(`%PDF-1.7 ${text}`);

function form(files: readonly Buffer[], fields: Record<string, string> = {}): FormData {
  const data = new FormData();
  for (const [i, file] of files.entries()) data.append('file', new Blob([Uint8Array.from(file)]), `paper ${i}.pdf`);
  for (const [name, value] of Object.entries(fields)) data.append(name, value);
  return data;
}

describe('orders', () => {
  it('answers 201 for a new paper, 200 for one that is there', async () => {
    const post = () => call('/api/tasks', { method: 'POST', body: form([pdf('a')], { bot: 'delivery-note' }) });
    const first = await post();
    expect(first.status).toBe(201);
    expect(await first.json()).toMatchObject({ bot: 'delivery-note', created: true, refused: null });
    const second = await post();
    expect(second.status).toBe(200);
    expect(await second.json()).toMatchObject({ created: false });
  });

  it('answers a list for several files', async () => {
    const response = await call('/api/tasks', { method: 'POST', body: form([pdf('b'), pdf('c'), Buffer.alloc(0)]) });
    expect(response.status).toBe(201);
    const receipts = (await response.json()) as { refused: null | { code: string } }[];
    expect(receipts.map(({ refused }) => refused?.code ?? null)).toEqual([null, null, 'paper-empty']);
  });

  it('answers 422 with the receipt for a paper refused at the door', async () => {
    const response = await call('/api/tasks', { method: 'POST', body: form([Buffer.alloc(9)]) });
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ state: 'rejected', refused: { code: 'paper-unsupported' } });
  });

  it('reads fields in any order and passes them on', async () => {
    const fields = { key: 'K1', due: '2031-05-06T07:08:09Z', priority: '2.5', input: '{"sender":"a@b.example"}' };
    const response = await call('/api/tasks', { method: 'POST', body: form([pdf('d')], fields) });
    const { task } = (await response.json()) as { task: string };
    const story = await (await call(`/api/tasks/${task}`)).json();
    expect(story).toMatchObject({
      task: {
        key: 'K1',
        value: 2.5,
        dueAt: fields.due,
        input: { sender: 'a@b.example', document: { name: 'paper 0.pdf' } },
      },
    });
  });

  it('takes JSON with the paper in base64, or with no paper', async () => {
    const document = { name: 'e.pdf', base64: pdf('e').toString('base64') };
    const paper = await call('/api/tasks', { method: 'POST', ...json({ document }) });
    expect(paper.status).toBe(201);
    const none = await call('/api/tasks', {
      method: 'POST',
      ...json({ bot: 'delivery-note', input: { day: '2026-01-02' } }),
    });
    expect(none.status).toBe(201);
  });

  it('refuses a file over 50 MB as an order', async () => {
    const response = await call('/api/tasks', { method: 'POST', body: form([Buffer.alloc(50 * 1024 * 1024 + 1, 1)]) });
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ state: 'rejected', refused: { code: 'unreadable-too-large' } });
  });

  it('does not even read what is far larger, and stays up', async () => {
    const response = await call('/api/tasks', { method: 'POST', body: form([Buffer.alloc(64 * 1024 * 1024 + 1, 1)]) });
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ error: { code: 'too-large', where: 'file' } });
    expect((await call('/api/overview')).status).toBe(200);
  });

  it.each([
    [{ due: 'tomorrow' }, 'due'],
    [{ priority: 'soon' }, 'priority'],
    [{ input: '{' }, 'input'],
  ])('names the field of %j that is wrong', async (fields, where) => {
    const response = await call('/api/tasks', {
      method: 'POST',
      body: form([pdf('f')], fields as Record<string, string>),
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { code: 'invalid-request', where } });
  });

  it('takes one key for one file only', async () => {
    const response = await call('/api/tasks', { method: 'POST', body: form([pdf('g'), pdf('h')], { key: 'K2' }) });
    expect(await response.json()).toMatchObject({ error: { code: 'key-for-many' } });
  });
});

describe('questions', () => {
  const ask = () => {
    const schema = { type: 'object', properties: { n: { type: 'integer' } }, required: ['n'] };
    const task = console.seed.task('supplier-invoice');
    return console.seed.ask(task.id, { kind: 'ask', title: 'How many?', form: schema });
  };

  it('asks who is there', async () => {
    const { id } = ask();
    for (const verb of ['claim', 'release', 'answer']) {
      const response = await call(`/api/exceptions/${id}/${verb}`, { method: 'POST', ...json({ choice: 'reject' }) });
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ error: { code: 'person-missing' } });
    }
    const long = await call(`/api/exceptions/${id}/claim`, { method: 'POST', headers: as('x'.repeat(61)) });
    expect(long.status).toBe(400);
  });

  it('answers 409 where another person was faster', async () => {
    const { id } = ask();
    expect((await call(`/api/exceptions/${id}/claim`, { method: 'POST', headers: as('Zoë') })).status).toBe(200);
    const second = await call(`/api/exceptions/${id}/claim`, { method: 'POST', headers: as('Bo') });
    expect(second.status).toBe(409);
    expect(await second.json()).toMatchObject({ error: { code: 'taken' } });
    expect(await (await call(`/api/exceptions/${id}`)).json()).toMatchObject({ claimedBy: 'Zoë' });
  });

  it('answers 422 with the problems', async () => {
    const { id } = ask();
    const answer = json({ choice: 'answer', values: { n: 'many' } }, as('Zoë'));
    const response = await call(`/api/exceptions/${id}/answer`, { method: 'POST', ...answer });
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({
      error: { code: 'answer-refused' },
      problems: [{ fields: ['n'] }],
      mayOverrule: false,
    });
  });

  it('lists by skill', async () => {
    ask();
    const listed = await (await call('/api/exceptions?skill=goods-in&skill=accounts-payable')).json();
    expect(listed).not.toEqual([]);
    expect(await (await call('/api/exceptions?skill=goods-in')).json()).toEqual([]);
  });
});

describe('schedules', () => {
  it('puts, gets, pauses, resumes and deletes by name', async () => {
    const body = { bot: 'delivery-note', cron: '0 6 * * 1-5', timeZone: 'Europe/Berlin' };
    expect((await call('/api/schedules/morning', { method: 'PUT', ...json(body) })).status).toBe(200);
    expect((await call('/api/schedules/morning/pause', { method: 'POST' })).status).toBe(204);
    expect(await (await call('/api/schedules/morning')).json()).toMatchObject({ ...body, paused: true });
    expect((await call('/api/schedules/morning/resume', { method: 'POST' })).status).toBe(204);
    expect((await call('/api/schedules/morning', { method: 'DELETE' })).status).toBe(204);
    expect((await call('/api/schedules/morning')).status).toBe(404);
  });

  it.each([
    [{ bot: 'delivery-note', cron: 'x', timeZone: 'UTC' }, 400, 'cron'],
    [{ bot: 'delivery-note', cron: '0 6 * * *', timeZone: 'Nowhere' }, 400, 'timeZone'],
    [{ bot: 'delivery-note', cron: '0 6 * * *' }, 400, 'timeZone'],
    [{ bot: 'nobody', cron: '0 6 * * *', timeZone: 'UTC' }, 404, 'bot'],
  ])('names the field of %j that is wrong', async (body, status, where) => {
    const response = await call('/api/schedules/morning', { method: 'PUT', ...json(body) });
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ error: { where } });
  });
});

describe('blobs', () => {
  it.each([
    ['\x89PNG\r\n\x1a\n', 'image/png', null],
    ['\xff\xd8\xff\xe0', 'image/jpeg', null],
    ['%PDF-1.4', 'application/pdf', null],
    ['<svg onload="alert(1)"/>', 'application/octet-stream', 'attachment'],
    ['<!doctype html><script>alert(1)</script>', 'application/octet-stream', 'attachment'],
  ])('shows %j as %s', async (start, type, disposition) => {
    const hash = console.seed.blob(Buffer.from(start, 'latin1'));
    const { headers } = await call(`/api/blobs/${hash}`);
    expect(headers.get('content-type')).toBe(type);
    expect(headers.get('content-disposition')).toBe(disposition);
    expect(headers.get('content-security-policy')).toContain('sandbox');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('draws a page of a paper', async () => {
    const hash = console.seed.blob(Buffer.from('%PDF-1.4 drawn'));
    console.seed.pages(hash, [Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')]);
    const page = await call(`/api/papers/${hash}/pages/1.png?rotation=90`);
    expect(page.headers.get('content-type')).toBe('image/png');
    expect((await call(`/api/papers/${hash}/pages/2.png`)).status).toBe(404);
    expect((await call(`/api/papers/${hash}/pages/1.png?rotation=45`)).status).toBe(400);
    expect((await call('/api/blobs/nothing')).status).toBe(400);
    expect((await call(`/api/blobs/${'0'.repeat(64)}`)).status).toBe(404);
  });
});

describe('the rest', () => {
  it('describes itself', async () => {
    const document = (await (await call('/api/openapi.json')).json()) as { openapi: string; paths: object };
    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(document.paths)).toEqual(
      expect.arrayContaining([
        '/api/tasks',
        '/api/exceptions/{id}/answer',
        '/api/schedules/{name}/pause',
        '/api/events',
      ]),
    );
  });

  it('has one shape for what is not there', async () => {
    for (const path of ['/api/nothing', '/api/tasks/none', '/api/exceptions/none']) {
      const response = await call(path);
      expect(response.status).toBe(404);
      expect(await response.json()).toMatchObject({ error: { code: expect.any(String), message: expect.any(String) } });
    }
    const lost = await call('/api/bots/nobody/resume', { method: 'POST' });
    expect(await lost.json()).toMatchObject({ error: { code: 'unknown-bot' } });
  });

  it('names a wrong parameter', async () => {
    const response = await call('/api/tasks?limit=many');
    expect(await response.json()).toMatchObject({ error: { code: 'invalid-request', where: 'limit' } });
    expect((await call('/api/tasks?state=asleep')).status).toBe(400);
  });
});
