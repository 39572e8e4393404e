import { describe, expect, it } from 'vitest';
import { invoiceExtractor, openGate, withMasterData } from '#extractors';
import { shippedCalibration } from '../../../extractors/confidence/calibration.ts';
import { ownLayerOf } from '../../../extractors/confidence/ownLayer.ts';
import { classOf } from '../../../extractors/confidence/trustClass.ts';
import { germanInvoice, pageOf } from '../paper.ts';

const context = { paper: 'abc' };
const pages = [pageOf(germanInvoice)];

describe('an extractor that knows of master data', () => {
  it('says which values stand there, and counts them apart', async () => {
    const asked: string[] = [];
    const known = withMasterData(invoiceExtractor, {
      iban: ['de89 3704 0044 0532 0130 00'],
      seller: (name) => asked.push(name) > 0,
      invoice_number: ['RE-1'],
    });
    const [plain, draft] = [await invoiceExtractor.extract(pages, context), await known.extract(pages, context)];
    expect(draft.iban).toMatchObject({ value: 'DE89370400440532013000', group: 'text/iban+master-data' });
    expect(draft.iban.evidence).toEqual([...plain.iban.evidence, 'master-data']);
    expect(draft.seller.evidence).toContain('master-data');
    expect(asked).toEqual([draft.seller.value]);
    expect(draft.invoice_number).toEqual(plain.invoice_number);
    expect(classOf('text/iban+master-data')).toBe('text');
  });

  it('trusts such a value no more than before while no label speaks of it', async () => {
    const calibration = shippedCalibration();
    const words = Object.keys(calibration.values.weights).filter((name) => name.includes('master-data'));
    expect(words).toEqual([]);
    const plain = await invoiceExtractor.extract(pages, context);
    const draft = await withMasterData(invoiceExtractor, { seller: [plain.seller.value ?? ''] }).extract(
      pages,
      context,
    );
    expect(draft.seller.probability).toBe(plain.seller.probability);
    expect(draft.seller.evidence).toContain('master-data');
    const labels = Array.from({ length: 40 }, (_, i) => {
      return { group: 'text/name', trust: 0.99, right: i % 2 === 0, paper: `${i}`, sampled: false };
    });
    const gate = openGate({ wrongPerThousand: 50, own: ownLayerOf(labels) });
    const sure = { ...draft.seller, probability: 0.99 };
    expect(openGate({ wrongPerThousand: 50 }).accepts(sure)).toBe(true);
    expect(gate.accepts(sure)).toBe(false);
  });

  it('learns from people what a match is worth', async () => {
    const label = (group: string, right: boolean, at: number) => {
      return { group, trust: 0.9, right, paper: `${group}${at}`, sampled: false };
    };
    const labels = Array.from({ length: 40 }, (_, at) => [
      label('text/name', at % 2 === 0, at),
      label('text/name+master-data', true, at),
    ]).flat();
    const { shifts } = ownLayerOf(labels);
    expect(shifts['text/name+master-data']!.by).toBeGreaterThan(0);
    expect(shifts['text/name']!.by).toBeLessThan(0);
  });

  it('leaves what data state as sure as it is', async () => {
    const statements = [{ format: 'ubl', values: { iban: 'DE89370400440532013000' }, items: [] }];
    const extractor = withMasterData(invoiceExtractor, { iban: ['DE89370400440532013000'] });
    const { iban } = await extractor.extract(pages, { ...context, statements });
    expect(iban).toMatchObject({ probability: 0.999, evidence: ['e-invoice', 'master-data'] });
    expect(iban).not.toHaveProperty('group');
  });
});
