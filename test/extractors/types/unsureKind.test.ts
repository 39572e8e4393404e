import { describe, expect, it } from 'vitest';
import { type ExtractAs, extractPaper, type Readers, type ReadResult, toExtractLine } from '#extractors';
import { booking, type Placed, pageOf } from '../paper.ts';

const price: readonly Placed[] = [
  [300, 60, 'Winter Lodge'],
  [80, 160, 'Room charges'],
  [400, 160, '1,939.00'],
];

/** Parts of an invoice, of a contract and of a payslip. */
const mixed: readonly Placed[] = [
  [80, 160, 'Check in'],
  [80, 190, 'salary'],
  [80, 220, 'Invoice date'],
  [80, 250, 'VAT 20 %'],
  [80, 280, 'Total'],
  [80, 310, 'IBAN'],
  [80, 340, 'shall'],
  [80, 370, 'Customer'],
  [80, 400, 'IBAN DE89 3704 0044 0532 0130 00'],
  [80, 430, 'Phone'],
];

async function lineOf(placed: readonly Placed[], as: ExtractAs) {
  const read = async (): Promise<ReadResult> => ({
    pages: [pageOf(placed)],
    statements: [],
    doubts: [],
    text: '',
    ms: 1,
  });
  const readers = { read } as Partial<Readers> as Readers;
  const { reading, extracted } = await extractPaper(readers, Buffer.from('paper'), as);
  return toExtractLine('a.pdf', 1, extracted, { accepts: () => true }, reading.doubts);
}

describe('a paper that too little speaks for any kind of', () => {
  it('is extracted as the likeliest, and goes to a person', async () => {
    const line = await lineOf(booking, 'auto');
    expect(line).toMatchObject({ type: 'receipt', route: 'human', doubts: ['kind-unsure'] });
    expect(line.fields).toMatchObject({ total: { value: '1939.00' } });
  });

  it('is in no doubt where somebody says what it is', async () => {
    expect(await lineOf(booking, 'receipt')).toMatchObject({ type: 'receipt', route: 'auto' });
    expect(await lineOf(booking, 'receipt')).not.toHaveProperty('doubts');
  });

  it('is no invoice under the title of a credit note', async () => {
    const line = await lineOf([[300, 60, 'CREDIT NOTE'], ...mixed], 'auto');
    expect(line).toMatchObject({ type: 'credit-note', route: 'human', doubts: ['kind-unsure'] });
  });

  it('is a credit note under that title where an invoice is named further down', async () => {
    const placed: readonly Placed[] = [
      [300, 60, 'CREDIT NOTE'],
      [700, 160, 'Invoice No'],
      [80, 160, 'Invoice date'],
      [80, 190, 'Amount due'],
      [80, 220, 'IBAN'],
      [80, 250, 'Dear Sir'],
    ];
    expect(await lineOf(placed, 'auto')).toMatchObject({ type: 'credit-note' });
  });

  it('is of no kind where that is far likelier', async () => {
    const line = await lineOf(price, 'auto');
    expect(line.type).toBe('unknown');
    expect(line).not.toHaveProperty('doubts');
  });
});
