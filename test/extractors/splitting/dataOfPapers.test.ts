import { describe, expect, it, vi } from 'vitest';
import type { Page, Statement } from '#core';
import { extractPaper, extractPile, type Readers } from '#extractors';
import { germanInvoice, type Placed, pageOf } from '../paper.ts';

const letter: readonly Placed[] = [
  [80, 300, 'Dear Sir or Madam,'],
  [80, 340, 'please find our invoice enclosed.'],
  [80, 400, 'Yours sincerely'],
];
const other = germanInvoice.map(
  ([x, y, text]): Placed => [x, y, text.replace('RE-2026-0042', 'RE-2026-0043').replace('Muster & Söhne', 'Nordlicht')],
);

const data = (values: Statement['values']): Statement => ({ format: 'factur-x', values, items: [] });

async function extracted(papers: readonly (readonly Placed[])[], statements: readonly Statement[]) {
  const pages = papers.map((placed, i): Page => {
    const page = pageOf(placed);
    return { ...page, number: i + 1, words: page.words.map((word) => ({ ...word, page: i + 1 })) };
  });
  const read = vi.fn(async () => ({ pages, statements, doubts: [], text: '', ms: 1 }));
  const members = await extractPile({ read } as Partial<Readers> as Readers, Buffer.from('pile'), 'invoice');
  return members.map(({ doubts, extracted: { draft } }) => ({
    doubts,
    number: draft['invoice_number']?.value,
    stated: Object.values(draft).some(({ evidence }) => evidence.includes('e-invoice')),
  }));
}

describe('data that a pile carries', () => {
  it('are of the paper where it is one', async () => {
    const papers = await extracted([germanInvoice], [data({ total: '9.00' })]);
    expect(papers).toMatchObject([{ stated: true, doubts: [] }]);
  });

  it('are of the paper that names their number', async () => {
    const papers = await extracted(
      [germanInvoice, other],
      [data({ invoice_number: 'RE-2026 0043', total: '1487.50' })],
    );
    expect(papers).toMatchObject([
      { stated: false, doubts: [], number: 'RE-2026-0042' },
      { stated: true, doubts: [], number: 'RE-2026 0043' },
    ]);
  });

  it('are of the paper that shows their total where none names their number', async () => {
    const papers = await extracted([letter, germanInvoice], [data({ invoice_number: '99', total: '1487.50' })]);
    expect(papers).toMatchObject([
      { stated: false, doubts: [] },
      { stated: true, doubts: [] },
    ]);
  });

  it('are nobody’s, and all papers doubted, where the paper that names their number shows another total', async () => {
    const papers = await extracted([germanInvoice, other], [data({ invoice_number: 'RE-2026-0043', total: '9.00' })]);
    expect(papers).toMatchObject([{ doubts: ['data-unplaced'] }, { stated: false, doubts: ['data-unplaced'] }]);
  });

  it('are of no paper for a number so short that it may be a quantity', async () => {
    const counted: readonly Placed[] = [...letter, [80, 440, '101 pieces']];
    const papers = await extracted([counted, germanInvoice], [data({ invoice_number: '101' })]);
    expect(papers).toMatchObject([
      { stated: false, doubts: ['data-unplaced'] },
      { stated: false, doubts: ['data-unplaced'] },
    ]);
  });

  it('leave the one paper doubted that has those of several invoices', async () => {
    const first = data({ invoice_number: 'RE-2026-0042', total: '1487.50' });
    const second = data({ invoice_number: 'RE-2026-0099', total: '1487.50' });
    expect(await extracted([germanInvoice], [first, second])).toMatchObject([{ doubts: ['data-unplaced'] }]);
    expect(await extracted([germanInvoice], [first, { ...first, format: 'ubl' }])).toMatchObject([{ doubts: [] }]);
    const piled = await extracted([letter, germanInvoice], [first, { ...first, values: { total: '1487.50' } }]);
    expect(piled).toMatchObject([{ doubts: [] }, { doubts: ['data-unplaced'] }]);
  });

  it('leave a file doubted that is taken for one paper and has those of several invoices', async () => {
    const statements = ['1', '2'].map((invoice_number) => data({ invoice_number }));
    const read = async () => ({ pages: [pageOf(letter)], statements, doubts: ['repaired' as const], text: '', ms: 1 });
    const readers = { read } as Partial<Readers> as Readers;
    const { reading } = await extractPaper(readers, Buffer.from('mail'), 'invoice');
    expect(reading.doubts).toEqual(['repaired', 'data-unplaced']);
  });

  it('are nobody’s, and all papers doubted, where two could be meant', async () => {
    const papers = await extracted([germanInvoice, other], [data({ total: '1487.50' })]);
    expect(papers).toMatchObject([
      { stated: false, doubts: ['data-unplaced'] },
      { stated: false, doubts: ['data-unplaced'] },
    ]);
  });
});
