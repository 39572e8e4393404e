import { describe, expect, it } from 'vitest';
import type { Statement } from '#core';
import { classify, extractAs, invoiceExtractor } from '#extractors';
import { germanInvoice, type Placed, pageOf } from '../paper.ts';

const read = (values: Readonly<Record<string, string>>, items: readonly Record<string, string | null>[] = []) =>
  invoiceExtractor.extract([pageOf(germanInvoice)], {
    paper: 'abc',
    statements: [{ format: 'factur-x', values, items }],
  });

describe('an invoice that carries its data', () => {
  it('takes the data’s word where print says the same, and shows the print', async () => {
    const { total, seller } = await read({ total: '1487.50', seller: 'MUSTER & SÖHNE' });
    expect(total).toMatchObject({ value: '1487.50', evidence: ['e-invoice'] });
    expect(total.sources).toMatchObject([
      { reader: 'data', by: 'factur-x by fast-xml-parser 5.12.1', page: 1, x0: 1060, y0: 720 },
      { reader: 'text', page: 1, x0: 1060, y0: 720 },
    ]);
    expect(seller).toMatchObject({ value: 'MUSTER & SÖHNE', evidence: ['e-invoice'] });
  });

  it('asks a person where print says something else', async () => {
    const { total } = await read({ total: '-1487.50' });
    expect(total.value).toBe('-1487.50');
    expect(total.evidence).toContain('sources-differ');
    expect(total.alternatives[0]?.value).toBe('1487.50');
    expect(total.sources).toMatchObject([{ reader: 'data', by: 'factur-x by fast-xml-parser 5.12.1', x1: 0 }]);
  });

  it('is a credit note where the data say so, whatever the print looks like, and has amounts without a minus', async () => {
    const credit: Statement = { format: 'factur-x', typeCode: '381', values: { total: '1487.50' }, items: [] };
    const printed = germanInvoice.map(([x, y, text]): Placed => [x, y, text.replace(/^(?=1\.[24]|237)/, '-')]);
    const pages = [pageOf(printed)];
    expect(classify(pages).type).toBe('invoice');
    expect(classify(pages, [credit]).type).toBe('credit-note');
    const { type, draft } = await extractAs('auto', pages, { paper: 'abc', statements: [credit] });
    expect(type).toBe('credit-note');
    expect(draft['total']).toMatchObject({ value: '1487.50', evidence: ['e-invoice'] });
    expect(draft['total']?.sources).toMatchObject([{ reader: 'data' }, { reader: 'text', y0: 720 }]);
    const invoice = { ...credit, typeCode: '380' };
    expect(classify(pages, [invoice]).type).toBe('invoice');
    const asInvoice = await invoiceExtractor.extract(pages, { paper: 'abc', statements: [invoice] });
    expect(asInvoice.total.evidence).toContain('sources-differ');
  });

  it.each([
    ['invoice_number', 'RE-2026-00421'],
    ['iban', 'DE89370400440532013'],
  ])('asks a person where %s is but a part of what print says, or print of it', async (field, value) => {
    const reading = (await read({ [field]: value }))[field as 'invoice_number' | 'iban'];
    expect(reading.value).toBe(value);
    expect(reading.evidence).toContain('sources-differ');
  });

  it('reads the print for what the data leaves out', async () => {
    const { invoice_number } = await read({ total: '1487.50' });
    expect(invoice_number.value).toBe('RE-2026-0042');
  });

  it('asks a person where its goods come to the same and are not the same', async () => {
    const [printed, ...others] = (await invoiceExtractor.extract([pageOf(germanInvoice)], { paper: 'abc' })).items
      .value!;
    const same = [{ ...printed!, description: 'In other words', quantity: `${printed!.quantity}.000` }, ...others];
    expect((await read({}, same)).items.evidence).not.toContain('sources-differ');
    expect((await read({}, [{ ...printed!, quantity: '7' }, ...others])).items.evidence).toContain('sources-differ');
    expect((await read({}, [{ ...printed!, unit_price: '7.00' }, ...others])).items.evidence).toContain(
      'sources-differ',
    );
    expect((await read({}, [{ ...printed!, quantity: null }, ...others])).items.evidence).not.toContain(
      'sources-differ',
    );
  });

  it('takes its goods, without headings and remarks between them', async () => {
    const { items } = await read({}, [
      { description: '--- Tools ---', quantity: '0', unit_price: null, line_total: '0.00' },
      { description: 'Pipe', quantity: '12', unit_price: '100.00', line_total: '1200.00' },
    ]);
    expect(items.value).toEqual([{ description: 'Pipe', quantity: '12', unit_price: '100.00', line_total: '1200.00' }]);
  });
});
