import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readEInvoice, sheetText } from '../../../extractors/readers/eInvoice/index.ts';
import { toIsoDate, toMoney, toQuantity, toUnitPrice } from '../../../extractors/readers/eInvoice/spelling.ts';
import { crossIndustryDocument, crossIndustryInvoice, SALE, SOLD, universalBusinessInvoice } from './eInvoices.ts';

const read = (xml: string, carrier: 'pdf' | 'file' = 'file') => readEInvoice(Buffer.from(xml), carrier);

describe('the XML of an e-invoice', () => {
  it.each([
    [{ format: 'cii', typeCode: '380' }, crossIndustryInvoice()],
    [{ format: 'zugferd-1' }, crossIndustryDocument()],
    [{ format: 'ubl', typeCode: '380' }, universalBusinessInvoice()],
    [{ format: 'ubl', typeCode: '381' }, universalBusinessInvoice('CreditNote')],
  ])('of %o states what was sold, in the spelling of extracted fields', (kind, xml) => {
    expect(read(xml)).toEqual({ ...kind, values: SALE, items: SOLD });
  });

  it('is Factur-X where it rides in a PDF', () => {
    expect(read(crossIndustryInvoice(), 'pdf')).toMatchObject({ format: 'factur-x' });
  });

  it('is read in the characters its declaration names', () => {
    const xml = crossIndustryInvoice().replace('UTF-8', 'ISO-8859-1');
    expect(readEInvoice(Buffer.from(xml, 'latin1'), 'file')?.values['seller']).toBe(SALE.seller);
    const wide = Buffer.from(`\ufeff${crossIndustryInvoice()}`, 'utf16le');
    expect(readEInvoice(wide, 'file')?.values['seller']).toBe(SALE.seller);
  });

  it('leaves open what it does not say', () => {
    const xml = universalBusinessInvoice().replace(/<cac:OrderReference>.*?<\/cac:OrderReference>/u, '');
    expect(read(xml)?.values).not.toHaveProperty('order_number');
  });

  it.each([
    ['no XML', 'Invoice 17'],
    ['XML of another kind', '<note><to>Bob</to></note>'],
    ['an invoice of no standard', '<Invoice><ID>1</ID></Invoice>'],
    ['broken off', crossIndustryInvoice().slice(0, 700)],
    ['nested too deep', `${'<a>'.repeat(5_000)}${'</a>'.repeat(5_000)}`],
  ])('is not found in what is %s', (_, text) => {
    expect(read(text)).toBeUndefined();
  });

  it('is refused where it declares entities of its own', () => {
    const lol = Array.from({ length: 9 }, (_, at) => `<!ENTITY l${at + 1} "${`&l${at};`.repeat(10)}">`).join('');
    const laughs = `<!DOCTYPE x [<!ENTITY l0 "lol">${lol}]>`;
    const outside = '<!DOCTYPE x [<!ENTITY xxe SYSTEM "file:///etc/passwd">]>';
    for (const types of [laughs, outside]) {
      const xml = universalBusinessInvoice()
        .replace('<Invoice', `${types}<Invoice`)
        .replace('R-2025/118', types === laughs ? '&l9;' : '&xxe;');
      const before = performance.now();
      expect(read(xml)).toBeUndefined();
      expect(performance.now() - before).toBeLessThan(1_000);
    }
  });

  it('cannot touch what objects inherit', () => {
    const xml = universalBusinessInvoice().replace('<cbc:ID>', '<__proto__><polluted>1</polluted></__proto__><cbc:ID>');
    read(xml);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('may be anything without breaking the reader', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('<', '>', '/', '&', ';', '"', '=', 'Invoice', ' ', '!', '?', '-') }),
        (xml) => {
          read(xml);
        },
      ),
    );
  });

  it('can be set as a page', () => {
    const text = sheetText(read(universalBusinessInvoice())!);
    expect(text).toContain('Kranz & Söhne GmbH');
    expect(text).toMatch(/Copper pipe 15 mm +12 +100\.00 +1200\.00/);
    expect(text).toMatch(/^Total +1487\.50$/m);
    expect(text).toMatch(/^INVOICE\n/);
    expect(sheetText(read(universalBusinessInvoice('CreditNote'))!)).toMatch(/^CREDIT NOTE\n/);
  });
});

describe('the spelling of an e-invoice', () => {
  it('keeps amounts to the cent, of any size', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), (cents) => {
        const digits = (cents < 0n ? -cents : cents).toString().padStart(3, '0');
        const text = `${cents < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
        expect(toMoney(text)).toBe(text);
        expect(toMoney(`${text}00`)).toBe(text);
      }),
    );
    expect(toMoney('0.005')).toBe('0.01');
    expect(toMoney('-0.001')).toBe('0.00');
    expect(toMoney('1,50')).toBeUndefined();
  });

  it('counts in plain numbers', () => {
    expect(toQuantity('10.0000')).toBe('10');
    expect(toQuantity('0.50')).toBe('0.5');
    expect(toQuantity('-0')).toBe('0');
    fc.assert(fc.property(fc.integer(), (count) => toQuantity(`${count}.000`) === String(count)));
  });

  it('prices one piece', () => {
    expect(toUnitPrice('9.90', undefined)).toBe('9.90');
    expect(toUnitPrice('5.2', '100')).toBe('0.052');
    expect(toUnitPrice('5.2', '0')).toBeUndefined();
  });

  it('knows days, and days that no calendar has', () => {
    expect(toIsoDate('20240229')).toBe('2024-02-29');
    expect(toIsoDate('2024-03-14+01:00')).toBe('2024-03-14');
    expect(toIsoDate('20230229')).toBeUndefined();
  });
});
