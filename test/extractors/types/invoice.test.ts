import { describe, expect, it } from 'vitest';
import type { Page } from '#core';
import type { SecondReading } from '../../../extractors/types/extractor.ts';
import { invoiceExtractor } from '../../../extractors/types/invoice.ts';
import { invoicePaper } from '../../../extractors/types/papers.ts';
import { germanInvoice, type Placed, pageOf } from '../paper.ts';

function read(pages: readonly Page[], reread?: () => Promise<readonly SecondReading[]>) {
  return invoiceExtractor.extract(pages, { paper: 'abc', ...(reread && { reread }) });
}

function replaced(from: string, to: string): Placed[] {
  return germanInvoice.map(([x, y, text]) => [x, y, text.replace(from, to)]);
}

async function valuesOf(placed: readonly Placed[]) {
  const draft = await read([pageOf(placed)]);
  return Object.fromEntries(Object.entries(draft).map(([name, reading]) => [name, reading.value]));
}

describe('an invoice with a text layer', () => {
  it('puts a row’s total right by its quantity and price where the totals then add up', async () => {
    const { items } = await valuesOf(replaced('1.200,00', '1.208,00'));
    expect(items).toMatchObject([{ line_total: '1200.00' }, { line_total: '50.00' }]);
  });

  it('gives every field in canonical form', async () => {
    const values = await valuesOf(germanInvoice);
    expect(values).toEqual({
      invoice_number: 'RE-2026-0042',
      invoice_date: '2026-02-03',
      due_date: '2026-03-05',
      order_number: 'B-9917',
      seller: 'Muster & Söhne GmbH',
      buyer: 'Nordwind Handel AG',
      seller_vat_id: 'DE811128135',
      iban: 'DE89370400440532013000',
      currency: 'EUR',
      net_total: '1250.00',
      tax_total: '237.50',
      total: '1487.50',
      amount_due: '1487.50',
      items: [
        { description: 'Kupferrohr 15 mm', quantity: '12', unit_price: '100.00', line_total: '1200.00' },
        { description: 'Anfahrt', quantity: '1', unit_price: '50.00', line_total: '50.00' },
      ],
    });
    expect(invoicePaper.safeParse(values).success).toBe(true);
  });

  it('says where each value stands and what speaks for it', async () => {
    const { total, iban, invoice_number } = await read([pageOf(germanInvoice)]);
    expect(total.evidence).toEqual(['label', 'sums']);
    expect(iban.evidence).toContain('check-digit');
    expect(total.sources).toEqual([
      {
        paper: 'abc',
        reader: 'text',
        page: 1,
        x0: 1060,
        x1: 1140,
        y0: 720,
        y1: 738,
        width: 1240,
        height: 1754,
        rotation: 0,
      },
    ]);
    expect(invoice_number.probability).toBeGreaterThan(0.5);
  });

  it('does not claim sums that do not add up', async () => {
    const { total, net_total } = await read([pageOf(replaced('1.487,50', '1.497,50'))]);
    expect(total.value).toBe('1497.50');
    expect(total.evidence).not.toContain('sums');
    expect(net_total.value).toBe('1250.00');
  });

  it('leaves out a number that is not there rather than take another', async () => {
    const without = germanInvoice.filter(([, , text]) => !/^RE-|^Rechnungsnummer/.test(text));
    expect((await valuesOf(without))['invoice_number']).toBeNull();
  });

  it('doubts the absence of what a label asks for', async () => {
    const { due_date, invoice_number } = await read([
      pageOf(germanInvoice.filter(([, , text]) => text !== '05.03.2026' && !/^RE-|^Rechnungsnummer/.test(text))),
    ]);
    expect(due_date).toMatchObject({ value: null, evidence: ['label-without-value'] });
    expect(invoice_number).toMatchObject({ value: null, evidence: [] });
  });

  it('gives an IBAN with wrong check digits as doubtful', async () => {
    const { iban } = await read([pageOf(replaced('DE89', 'DE88'))]);
    expect(iban.value).toBe('DE88370400440532013000');
    expect(iban.evidence).toContain('bad-check-digit');
    expect(iban.evidence).not.toContain('check-digit');
  });

  it('sums the taxes of several rates', async () => {
    const placed: Placed[] = [
      ...germanInvoice.filter(([, y]) => y !== 690 && y !== 720),
      [760, 690, 'MwSt. 19 %'],
      [1080, 690, '190,00'],
      [760, 715, 'MwSt. 7 %'],
      [1090, 715, '17,50'],
      [760, 740, 'Rechnungsbetrag'],
      [1060, 740, '1.457,50'],
    ];
    const { tax_total } = await read([pageOf(placed)]);
    expect(tax_total.value).toBe('207.50');
    expect(tax_total.evidence).toContain('sums');
  });
});

describe('an invoice read by an engine', () => {
  const pages = [pageOf(germanInvoice, 'ocr')];
  const answers =
    (text: string, confidence = 0.95) =>
    async () =>
      Array.from({ length: 12 }, () => ({ text, confidence }));

  it('asks for second readings only of what nothing else bears out', async () => {
    let asked = 0;
    await invoiceExtractor.extract(pages, {
      paper: 'abc',
      reread: async (boxes) => {
        asked = boxes.length;
        return boxes.map(() => ({ text: '', confidence: 0 }));
      },
    });
    expect(asked).toBe(6);
  });

  it('trusts agreement, and doubts what was read otherwise', async () => {
    const same = await read(pages, answers('RE-2026-0042'));
    expect(same.invoice_number.evidence).toEqual(['label', 'two-readings']);
    const other = await read(pages, answers('RE-2026-0842'));
    expect(other.invoice_number.evidence).toContain('readings-differ');
    expect(other.invoice_number.alternatives[0]?.value).toBe('RE-2026-0842');
    const unsure = await read(pages, answers('RE-2026-0042', 0.4));
    expect(unsure.invoice_number.evidence).not.toContain('two-readings');
  });

  it('stands level on a page that does not', async () => {
    const tilted = pages.map((page) => ({
      ...page,
      words: page.words.map((word) => ({ ...word, y0: word.y0 + word.x0 * 0.03, y1: word.y1 + word.x0 * 0.03 })),
    }));
    const { total, invoice_number } = await read(tilted);
    expect(total.value).toBe('1487.50');
    expect(invoice_number.value).toBe('RE-2026-0042');
  });
});
