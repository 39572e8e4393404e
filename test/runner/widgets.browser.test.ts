import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { knownRecord } from '#core';
import {
  beside,
  checkScreen,
  date,
  defineBot,
  defineRecord,
  defineScreen,
  field,
  listBox,
  navigating,
  outcomes,
  paired,
  richText,
  type Session,
  text,
  uploaded,
} from '#runner';
import { ledger } from '../../bots/apps/ledger/index.ts';
import { openBench } from '../support/bench.ts';
import { openLedgerDesk } from '../support/ledgerDesk.ts';

const german = date('dd.mm.yyyy');
const note = async (name: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from('Seen on dock.') });

const memo = defineRecord({
  name: 'memo',
  schema: z.object({
    supplier: z.string(),
    topic: z.string(),
    follow_up: z.string(),
    text: z.string(),
    attachment: z.string(),
  }),
});
type MemoRecord = z.infer<typeof memo.schema>;

const MEMO: MemoRecord = {
  supplier: '70102',
  topic: 'Quality',
  follow_up: '2026-04-09',
  text: 'Boxes arrive crushed. "Call them" <first>',
  attachment: 'note.txt',
};

async function open(session: Session, link: string) {
  const [menu, main] = await Promise.all([session.frame('menu'), session.frame('main')]);
  await navigating(main, () => menu.getByText(link, { exact: true }).click());
  return main;
}

/** Fields without usable names, a list made of cells, a date in two fields, an editor in a frame, a file that travels by itself. */
const memoScreen = defineScreen<MemoRecord>({
  app: ledger,
  record: memo,
  key: ({ supplier, topic }) => `${supplier} ${topic}`,
  async lookUp(session, { supplier, topic }) {
    const list = await open(session, 'Memos');
    await list.locator('th', { hasText: 'Topic' }).waitFor();
    const rows = list.locator('tr').filter({ hasText: supplier }).filter({ hasText: topic });
    if ((await rows.count()) === 0) return { state: 'absent' };
    const link = rows.locator('a');
    const reference = (await link.textContent()) ?? '';
    await navigating(list, () => link.click());
    return { state: 'there', reference, page: list };
  },
  async open(session) {
    const form = await open(session, 'Supplier memo');
    await form.locator('body.awake').waitFor();
    return form;
  },
  fields: {
    supplier: field(text, beside('Supplier'), 'Supplier'),
    topic: field(
      text,
      listBox({ shows: (form) => form.locator('#topic'), entries: (form) => form.locator('#topics td') }),
      'Topic',
    ),
    follow_up: field(
      german,
      paired(beside('Follow-up'), (form) => form.locator('[name=f2]'), german.print),
      'Follow-up',
    ),
    text: field(
      text,
      richText((form) => form.locator('#editor')),
      'Text',
    ),
    attachment: field(
      text,
      uploaded({
        chooser: (form) => form.locator('input[type=file]'),
        shows: (form) => form.locator('form i'),
        file: note,
      }),
      'Attachment',
    ),
  },
  async submit(_, form) {
    await navigating(form, () => form.locator('[name=b1]').click());
    return outcomes([{ when: 'font[color="#006600"]', says: /^Memo \S+ posted$/, kind: 'posted' }])(form);
  },
});

function memoBot(screen = memoScreen) {
  return defineBot({
    name: 'memos',
    version: '1',
    input: z.object({ memo: memo.schema }),
    output: z.object({ memo: z.string() }),
    goal: { within: '1h', skill: 'test' },
    records: [memo],
    async run(task) {
      const { reference } = await task.rekey(screen, await task.validate(memo, knownRecord(task.input.memo)));
      return { memo: reference };
    },
  });
}

it('keys a form made of widgets of the application’s own, and proves it', async () => {
  const desk = await openLedgerDesk();
  const bench = await openBench(memoBot(), { memo: MEMO });
  const worker = desk.fresh();
  expect(await bench.run({ services: worker })).toEqual({ kind: 'done', output: { memo: 'M-000001' } });
  expect(desk.memos()).toMatchObject([
    {
      supplier: '70102',
      topic: 'Quality',
      followUp: '2026-04-09',
      text: MEMO.text,
      attachment: 'note.txt, 13 characters',
    },
  ]);
  expect(await worker.sessions.use(ledger, (session) => checkScreen(session, memoScreen, MEMO))).toEqual([]);
});

it('says that a list of cells does not offer a value', async () => {
  const desk = await openLedgerDesk();
  const bench = await openBench(memoBot(), { memo: { ...MEMO, topic: 'Weather' } });
  expect(await bench.run({ services: desk.fresh() })).toEqual({ kind: 'waiting' });
  expect(await bench.question()).toMatchObject({ code: 'option-missing' });
  expect(desk.memos()).toEqual([]);
});

describe('a script that comes late and empties a field', () => {
  /** Empties it when the form was filled, the first so many times. */
  const erasing = (times: number) => {
    let left = times;
    return defineScreen({
      ...memoScreen,
      async echo(form) {
        if (left-- <= 0) return;
        await form.locator('td input[type=text][id=x]').first().fill('');
      },
    });
  };

  it('is noticed, and the field typed once more', async () => {
    const desk = await openLedgerDesk();
    const { run } = await openBench(memoBot(erasing(1)), { memo: MEMO });
    expect(await run({ services: desk.fresh() })).toMatchObject({ kind: 'done' });
    expect(desk.memos()).toMatchObject([{ supplier: '70102' }]);
  });

  it('that does so again keeps the form from being posted', async () => {
    const desk = await openLedgerDesk();
    const { run, question } = await openBench(memoBot(erasing(2)), { memo: MEMO });
    expect(await run({ services: desk.fresh() })).toEqual({ kind: 'waiting' });
    expect(await question()).toMatchObject({ code: 'does-not-fit', problems: [{ fields: ['supplier'] }] });
    expect(desk.memos()).toEqual([]);
  });
});
