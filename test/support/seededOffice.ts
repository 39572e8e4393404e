import { z } from 'zod';
import { BROWSER_TRACE, type DocumentRef, type HumanTask, type Reading, sha256 } from '#core';
import { type DrawnPaper, drawPaper } from './drawnPaper.ts';
import { type MemoryOffice, openMemoryOffice } from './memoryOffice.ts';
import { drawInvoice, drawnDraft, type InvoiceText } from './paperInvoice.ts';
import { someApplications } from './seededApplications.ts';

const MINUTE = 60_000;

const amount = (title: string) =>
  z
    .string()
    .regex(/^-?(0|[1-9]\d*)\.\d{2}$/)
    .meta({ format: 'money', title });
const day = (title: string) =>
  z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/)
    .meta({ format: 'date', title });
const word = (title: string, format: string) => z.string().min(1).max(60).meta({ format, title });

/** The record of the bot that keys supplier invoices, as its form is drawn. */
const INVOICE_FORM = z.toJSONSchema(
  z.object({
    invoice_number: word('Invoice number', 'identifier'),
    invoice_date: day('Invoice date'),
    due_date: day('Due date').nullable(),
    order_number: word('Order number', 'identifier').nullable(),
    seller: word('Seller', 'line'),
    iban: word('IBAN', 'iban').nullable(),
    currency: z.enum(['EUR', 'CHF', 'GBP', 'USD']).meta({ title: 'Currency' }),
    net_total: amount('Net total'),
    tax_total: amount('Tax total'),
    total: amount('Total'),
    items: z
      .array(
        z.object({
          description: word('Description', 'line'),
          quantity: z.string().meta({ format: 'quantity', title: 'Quantity' }).nullable(),
          unit_price: z.string().meta({ format: 'unit-price', title: 'Unit price' }).nullable(),
          line_total: amount('Line total').nullable(),
        }),
      )
      .meta({ title: 'Items' }),
  }),
);

const ALPINE: InvoiceText = {
  seller: 'Alpenholz Handels GmbH',
  street: 'Sägewerkstraße 12, 5020 Salzburg · ATU63611700',
  number: 'RE-2026-00817',
  date: '13.03.2026',
  due: '12.04.2026',
  order: '4500017731',
  vat: 'ATU63611700',
  iban: 'AT61 1904 3002 3457 3201',
  items: [
    ['Spruce boards 24 × 120 mm, planed', '140', '3,85', '539,00'],
    ['Larch battens 40 × 60 mm', '60', '2,40', '144,00'],
    ['Delivery, kerbside', '1', '85,00', '85,00'],
  ],
  net: '768,00',
  tax: '153,60',
  total: '921,60',
};

const HARBOUR: InvoiceText = {
  ...ALPINE,
  seller: 'Harbour & Sons Fasteners',
  street: 'Unit 4, Quay Estate, Plymouth PL1 3GD',
  number: 'HS 20417',
  date: '02 Nov 2026',
  due: '02 Dec 2026',
  order: '4500017802',
  iban: 'GB82 WEST 1234 5698 7654 32',
  items: [
    ['Hex bolts M12 × 80, zinc', '500', '0.42', '210.00'],
    ['Washers M12', '1,000', '0.06', '60.00'],
  ],
  net: '270.00',
  tax: '54.00',
  total: '324.00',
};

export interface SeededOffice extends MemoryOffice {
  /** Questions by what they are about. */
  readonly questions: Readonly<
    Record<'doubt' | 'second' | 'order' | 'differs' | 'inDoubt' | 'technical' | 'delivery', HumanTask>
  >;
}

/** The same papers serve every office: they are drawn once. */
let drawing: Promise<readonly [DrawnPaper, DrawnPaper, DrawnPaper]> | undefined;

/** An office in the middle of a day: tasks in every state, and one question of every kind. */
export async function openSeededOffice(): Promise<SeededOffice> {
  const memory = openMemoryOffice([
    { name: 'supplier-invoice', skill: 'accounts-payable', promiseSeconds: 14_400 },
    { name: 'delivery-note', skill: 'goods-in', promiseSeconds: 7_200 },
  ]);
  const { seed } = memory;
  seed.rule(sumsAgree);
  drawing ??= Promise.all([
    drawInvoice(ALPINE),
    drawInvoice(HARBOUR),
    drawPaper([{ text: 'Voucher entry', x: 80, y: 240, size: 40 }]),
  ]);
  const [alpine, harbour, { image }] = await drawing;
  const picture = seed.blob(image);
  doneTasks(memory, harbour, picture);

  const doubt = askDoubt(memory, alpine);
  const second = askSecond(memory, harbour);
  const others = askOthers(memory, alpine, harbour, picture);
  seed.halt('delivery-note', 'step-named-twice', 'The step "look up the order" is named twice.');
  seed.mended({ kind: 'worker-silent', bot: 'supplier-invoice', times: 2, tasks: 3, lastAt: due(-50) });
  someApplications(seed);
  await someSchedules(memory);
  return { ...memory, questions: { doubt, second, ...others } };
}

/** One that keeps a calendar and a window and left starts out, one that is paused. */
async function someSchedules({ office, seed }: MemoryOffice): Promise<void> {
  await office.putCalendar({ name: 'office', file: '*-12-25 Christmas Day\n*-01-01 New Year\n+2026-10-10 in lieu' });
  await office.putSchedule({
    name: 'morning-statement',
    bot: 'supplier-invoice',
    cron: '0 6 * * *',
    timeZone: 'Europe/Vienna',
    calendar: 'office',
    dayOff: 'next',
    window: { from: '07:00', to: '18:00' },
    overlap: 'queue-one',
  });
  const [last] = await office.tasks({ state: 'done' });
  const decided = (hours: number) => ({ dueAt: due(-hours * 60), decidedAt: due(-hours * 60) });
  seed.decided('morning-statement', last?.id ?? null, [
    { ...decided(3), task: last?.id ?? null, reason: null, count: 1 },
    { ...decided(27), task: null, reason: 'missed', count: 4 },
    { ...decided(51), task: null, reason: 'overlap', count: 1 },
  ]);
  await office.putSchedule({
    name: 'month-end',
    bot: 'delivery-note',
    cron: '30 22 * * *',
    timeZone: 'America/New_York',
    calendar: 'office',
    workday: -1,
    missed: 'all',
    overlap: 'allow',
  });
  await office.pauseSchedule('month-end');
}

function sumsAgree({ net_total, tax_total, total }: Readonly<Record<string, unknown>>) {
  const cents = (value: unknown) => Math.round(Number(value) * 100);
  if (total === undefined || cents(net_total) + cents(tax_total) === cents(total)) return undefined;
  return { code: 'sums-differ', fields: ['total'], message: 'Net and tax do not add up to the total.' };
}

function paperOf({ seed }: MemoryOffice, name: string, drawn: DrawnPaper): DocumentRef {
  const bytes = new TextEncoder().encode(`%PDF-1.7 ${name}`);
  seed.blob(bytes);
  seed.pages(sha256(bytes), [drawn.image]);
  return { sha256: sha256(bytes), name, mime: 'application/pdf' };
}

function invoiceValues(over: Readonly<Record<string, unknown>> = {}) {
  return {
    invoice_number: 'RE-2026-00817',
    invoice_date: '2026-03-13',
    due_date: '2026-04-12',
    order_number: '4500017731',
    seller: 'Alpenholz Handels GmbH',
    iban: 'AT611904300234573201',
    currency: 'EUR',
    net_total: '768.00',
    tax_total: '153.60',
    total: '921.60',
    items: [
      { description: 'Spruce boards 24 × 120 mm, planed', quantity: '140', unit_price: '3.85', line_total: '539.00' },
      { description: 'Larch battens 40 × 60 mm', quantity: '60', unit_price: '2.40', line_total: '144.00' },
      { description: 'Delivery, kerbside', quantity: '1', unit_price: '85.00', line_total: '85.00' },
    ],
    ...over,
  };
}

function notSure(...fields: string[]) {
  return fields.map((field) => ({ code: 'low-confidence', fields: [field], message: 'The bot is not sure of this.' }));
}

function due(minutes: number): string {
  return new Date(Date.now() + minutes * MINUTE).toISOString();
}

/** Misread total and number: the commonest question. */
function askDoubt(memory: MemoryOffice, drawn: DrawnPaper): HumanTask {
  const document = paperOf(memory, 'alpenholz-march.pdf', drawn);
  const task = memory.seed.task('supplier-invoice', { input: { document }, receivedAt: due(-212), dueAt: due(18) });
  const over: Record<string, Partial<Reading<unknown>>> = {
    invoice_number: {
      probability: 0.71,
      alternatives: [
        { value: 'RE-2026-00811', probability: 0.18 },
        { value: 'RE-2026-0O817', probability: 0.06 },
      ],
    },
    total: { probability: 0.62, alternatives: [{ value: '921.60', probability: 0.33 }], evidence: [] },
    order_number: { probability: 0, absent: 0.64, evidence: [] },
  };
  const draft = drawnDraft(document.sha256, drawn, invoiceValues({ total: '927.60', order_number: null }), over);
  const problems = notSure('invoice_number', 'order_number', 'total');
  return memory.seed.ask(task.id, {
    kind: 'validate',
    title: 'Check the invoice',
    form: INVOICE_FORM,
    draft,
    problems,
  });
}

function askSecond(memory: MemoryOffice, drawn: DrawnPaper): HumanTask {
  const document = paperOf(memory, 'HS_20417 scan.jpg', drawn);
  const task = memory.seed.task('supplier-invoice', { input: { document }, receivedAt: due(-190), dueAt: due(43) });
  const values = invoiceValues({
    invoice_number: 'HS 20417',
    invoice_date: '2026-11-02',
    due_date: '2026-02-12',
    order_number: '4500017802',
    seller: 'Harbour & Sons Fasteners',
    iban: 'GB82WEST12345698765432',
    net_total: '270.00',
    tax_total: '54.00',
    total: '324.00',
    items: [{ description: 'Hex bolts M12 × 80, zinc', quantity: '500', unit_price: '0.42', line_total: '210.00' }],
  });
  const over = { due_date: { probability: 0.55, alternatives: [{ value: '2026-12-02', probability: 0.44 }] } };
  const draft = drawnDraft(document.sha256, drawn, values, over);
  const problems = [
    ...notSure('due_date'),
    { code: 'due-before-date', fields: ['due_date'], message: 'The due date lies before the invoice date.' },
  ];
  return memory.seed.ask(task.id, {
    kind: 'validate',
    title: 'Check the invoice',
    form: INVOICE_FORM,
    draft,
    problems,
    code: 'due-before-date',
  });
}

function askOthers(memory: MemoryOffice, alpine: DrawnPaper, harbour: DrawnPaper, picture: string) {
  const { seed } = memory;
  const invoice = (name: string, drawn: DrawnPaper, minutes: number, bot = 'supplier-invoice') =>
    seed.task(bot, {
      input: { document: paperOf(memory, name, drawn) },
      receivedAt: due(minutes - 240),
      dueAt: due(minutes),
    }).id;
  const fact = (value: unknown): Reading<unknown> => ({
    value,
    probability: 1,
    absent: 0,
    sources: [],
    alternatives: [],
    evidence: ['known'],
  });
  const compared = [
    { field: 'invoice_number', wanted: 'RE-2026-00817', shown: 'RE-2026-00817', same: true },
    {
      field: 'order_text',
      wanted: 'Spruce boards, larch battens, delivery',
      shown: 'Spruce boards, larch battens, ',
      same: false,
    },
    { field: 'total', wanted: '921.60', shown: '921.60', same: true },
    { field: 'due_date', wanted: '2026-04-12', shown: '2026-03-27', same: false },
  ];
  const evidence = [
    { label: 'The form before posting', sha256: picture },
    { label: 'Enquiry after posting', sha256: picture },
  ];
  return {
    inDoubt: seed.ask(invoice('alpenholz-copy.pdf', alpine, -25), {
      kind: 'in-doubt',
      code: 'in-doubt',
      title: 'Was this voucher posted?',
      choices: ['there', 'key-again', 'by-hand', 'reject'],
      problems: [
        {
          code: 'in-doubt',
          fields: [],
          message:
            'The application went away while the voucher was being posted, and its enquiry shows two that look alike.',
        },
      ],
      compared,
      evidence,
    }),
    differs: seed.ask(invoice('alpenholz-april.pdf', alpine, 75), {
      kind: 'differs',
      code: 'read-back-differs',
      title: 'The ledger shows something else',
      choices: ['accept', 'correct', 'key-again', 'by-hand', 'reject'],
      compared,
      evidence,
    }),
    order: seed.ask(invoice('harbour-nov.pdf', harbour, 120), {
      kind: 'ask',
      code: 'bot-asks',
      title: 'Which order is this for?',
      form: z.toJSONSchema(z.object({ answer: z.enum(['4500017731', '4500017802', '4500017900']) })),
      draft: { seller: fact('Harbour & Sons Fasteners'), total: fact('324.00') },
    }),
    technical: seed.ask(invoice('harbour-oct.pdf', harbour, 160), {
      kind: 'technical',
      code: 'application-down',
      title: 'The bot could not go on',
      choices: ['again', 'by-hand', 'reject'],
      problems: [
        {
          code: 'application-down',
          fields: [],
          message: 'The ledger did not answer for 20 minutes. Try again when it is back.',
        },
      ],
      evidence: [{ label: BROWSER_TRACE, sha256: seed.blob(new TextEncoder().encode('PK\u0003\u0004 a trace')) }],
    }),
    delivery: seed.ask(invoice('delivery 88.pdf', alpine, 200, 'delivery-note'), {
      kind: 'business',
      code: 'no-order',
      title: 'The bot must not decide this',
      choices: ['again', 'by-hand', 'reject'],
      problems: [{ code: 'no-order', fields: [], message: 'No open order for this delivery.' }],
    }),
  };
}

/** Tasks that ran straight through, one of them with its whole story. */
function doneTasks(memory: MemoryOffice, drawn: DrawnPaper, picture: string): void {
  const { seed } = memory;
  for (let i = 0; i < 9; i++) {
    const document = paperOf(memory, `invoice-${String(i + 1).padStart(3, '0')}.pdf`, drawn);
    const times = { receivedAt: due(-300 + i * 7), dueAt: due(-60 + i * 7), endedAt: due(-299.5 + i * 7.1) };
    const task = seed.task('supplier-invoice', { input: { document }, state: 'done', botVersion: '1', ...times });
    seed.event(task.id, 'started');
    seed.event(task.id, 'step', { name: 'extract invoice' });
    seed.event(task.id, 'proven', { application: 'ledger' });
    seed.event(task.id, 'done');
    tellStory(memory, task.id, document, drawn, picture);
  }
  seed.task('supplier-invoice', {
    state: 'rejected',
    reason: 'unreadable-unsupported',
    endedAt: due(-30),
    key: 'holiday.mov',
  });
  seed.task('supplier-invoice', { input: { document: paperOf(memory, 'fresh.pdf', drawn) } });
  seed.task('supplier-invoice', {
    input: { document: paperOf(memory, 'busy.pdf', drawn) },
    state: 'running',
    botVersion: '1',
  });
}

function tellStory(
  { seed }: MemoryOffice,
  task: string,
  document: DocumentRef,
  drawn: DrawnPaper,
  picture: string,
): void {
  const values = invoiceValues({ invoice_number: 'HS 20417', seller: 'Harbour & Sons Fasteners' });
  const at = due(-200);
  const draft = drawnDraft(document.sha256, drawn, values, { due_date: { probability: 0.84, evidence: ['position'] } });
  seed.step(task, { name: 'extract invoice', kind: 'extract', value: draft, at });
  seed.step(task, { name: 'validate invoice', kind: 'validate', value: values, at });
  seed.step(task, { name: 'find open orders', kind: 'step', value: ['4500017731'], at });
  seed.step(task, { name: 'rekey voucher', kind: 'rekey', value: { reference: '2003-000123' }, at });
  const compared = ['invoice_number', 'invoice_date', 'net_total', 'tax_total', 'total'].map((field) => {
    const value = Object.entries(values).find(([name]) => name === field)?.[1];
    return { field, wanted: value, shown: value, same: true };
  });
  const evidence = [{ label: 'Enquiry after posting', sha256: picture }];
  seed.effect(task, {
    step: 'rekey voucher',
    application: 'ledger',
    screen: 'voucher',
    key: 'HS 20417',
    state: 'proven',
    record: values,
    intendedAt: at,
    ageSeconds: 12_000,
    receipt: { application: 'ledger', reference: 'Voucher 2003-000123', compared, evidence, provenAt: at },
    closed: null,
  });
  seed.evidence(task, { label: 'Voucher as keyed', sha256: picture, step: 'rekey voucher' });
}
