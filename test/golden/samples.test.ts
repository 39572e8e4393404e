import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type Draft, type Question, sha256, silentLogger } from '#core';
import { classify, deliveryNoteExtractor, type Extractor, invoiceExtractor, openReaders } from '#extractors';
import { type AnyRecord, type Bot, judgeAnswer } from '#runner';
import type { Vendor } from '../../bots/apps/ledger/index.ts';
import { deliveryNote } from '../../bots/delivery-note/bot.ts';
import { delivery } from '../../bots/delivery-note/delivery.ts';
import { supplierInvoice } from '../../bots/supplier-invoice/bot.ts';
import { asVendorHasIt, invoice } from '../../bots/supplier-invoice/invoice.ts';
import { identifyVendor } from '../../bots/vendor.ts';
import { vendors } from '../../demo/papers/index.ts';

/** What stands beside a sample: the record it is read as, and what a person is asked because of what is printed on it. */
interface Expected {
  readonly record: Readonly<Record<string, string | null>>;
  readonly asks: readonly string[];
}

/** The day after the samples' last. */
const TODAY = '2026-03-16';

const masterData: readonly Vendor[] = vendors.map(({ code, name, vatId, iban, termsDays, currency }) => ({
  ...{ code, name, termsDays, currency, vatId: vatId.replaceAll(' ', ''), iban: iban.replaceAll(' ', '') },
}));

const readers = openReaders({ workers: 1, log: silentLogger });
afterAll(() => readers.close());

async function draftOf<T>(extractor: Extractor<T>, bytes: Buffer): Promise<Draft<T>> {
  const { pages } = await readers.read(bytes);
  expect(extractor.accepts).toContain(classify(pages).type);
  return extractor.extract(pages, { paper: sha256(bytes) });
}

/** The values of the record's own fields, and what is wrong with them. */
function judged(bot: Bot, record: AnyRecord, draft: Draft<Record<string, unknown>>): Expected {
  const values = Object.fromEntries(record.fieldNames.map((name) => [name, draft[name]?.value ?? null]));
  const question = { record: record.name, form: null } as Question;
  const { misfits, broken } = judgeAnswer(bot, question, values, TODAY);
  return { record: values as Expected['record'], asks: [...misfits, ...broken].map(({ code }) => code) };
}

const samplesOf = (folder: string) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.pdf'))
    .map((name) => path.join(folder, name));

const expected = (file: string): Expected => JSON.parse(readFileSync(file.replace(/pdf$/, 'json'), 'utf8'));

describe('supplier-invoice reads', () => {
  it.each(samplesOf('bots/supplier-invoice/samples'))('%s', async (file) => {
    const paper = await draftOf(invoiceExtractor, readFileSync(file));
    const draft = asVendorHasIt(paper, identifyVendor(paper, masterData));
    expect(judged(supplierInvoice, invoice, draft)).toEqual(expected(file));
  });
});

describe('delivery-note reads', () => {
  it.each(samplesOf('bots/delivery-note/samples'))('%s', async (file) => {
    const paper = await draftOf(deliveryNoteExtractor, readFileSync(file));
    const draft = { ...paper, vendor: identifyVendor(paper, masterData).reading };
    expect(judged(deliveryNote, delivery, draft)).toEqual(expected(file));
  });
});

describe('each sample', () => {
  it.each(['supplier-invoice', 'delivery-note'])(
    'of %s says in the README where it came from and why it is there',
    (bot) => {
      const readme = readFileSync(`bots/${bot}/README.md`, 'utf8');
      for (const file of samplesOf(`bots/${bot}/samples`)) expect(readme).toContain(`\`${path.basename(file)}\``);
    },
  );
});
