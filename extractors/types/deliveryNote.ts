import type { Draft } from '#core';
import { type Calibration, shippedCalibration } from '../confidence/calibration.ts';
import { findParties } from '../fields/names.ts';
import { nearLabels, type Spotted } from '../fields/nearLabel.ts';
import { parseQuantity } from '../fields/quantity.ts';
import { readSheet, type Sheet } from '../fields/sheet.ts';
import type { TableRow } from '../fields/tables.ts';
import type { LabelName } from '../fields/vocabulary.ts';
import type { Extractor } from './extractor.ts';
import { bestOf } from './findings.ts';
import { findItems } from './items.ts';
import type { DeliveryNotePaper } from './papers.ts';
import { type Finding, readingsOf } from './reading.ts';
import { readTwice } from './secondReading.ts';
import { findSellerVatId } from './sellerVatId.ts';
import { dateFinding, findDate, findIdentifier, unlabelledDates } from './simpleFields.ts';

const DELIVERY_NOTE = { name: 'delivery-note', version: '1' } as const;

export const deliveryNoteExtractor: Extractor<DeliveryNotePaper> = deliveryNoteExtractorWith(shippedCalibration);

/** The same extractor on another table of frequencies, as fitting and tests need it. */
function deliveryNoteExtractorWith(calibration: () => Calibration): Extractor<DeliveryNotePaper> {
  return {
    ...DELIVERY_NOTE,
    accepts: ['delivery-note'],
    async extract(pages, context) {
      const sheet = readSheet(pages);
      const items = findItems(sheet, 'quantity');
      const findings = await readTwice(noteFindings(sheet, items.rows), sheet, context);
      const paper = { sha256: context.paper, pages };
      const found = { ...findings, items: items.finding };
      return readingsOf(DELIVERY_NOTE, found, paper, calibration()) as Draft<DeliveryNotePaper>;
    },
  };
}

function noteFindings(sheet: Sheet, rows: readonly TableRow[]) {
  const dates = findDate(sheet, 'delivery_date', 'invoice_date');
  const parties = findParties(sheet.layout, sheet.labels);
  return {
    seller: bestOf(parties.seller, sheet.layout),
    seller_vat_id: findSellerVatId(sheet),
    delivery_note_number: findIdentifier(sheet, 'delivery_note_number', 'invoice_number'),
    delivery_date: dateFinding(sheet, dates.length > 0 ? dates : unlabelledDates(sheet), 'delivery_date'),
    order_number: findIdentifier(sheet, 'order_number'),
    parcels: findCount(sheet, 'parcels', null),
    total_quantity: findCount(sheet, 'total_quantity', sumOfQuantities(rows)),
  };
}

/** A count beside its label; `wanted` is what the table's rows make, if they can be added up. */
function findCount(sheet: Sheet, name: LabelName, wanted: string | null): Finding<string> {
  const ranked = nearLabels(sheet.layout, sheet.labels, countsOf(sheet), name, { prefer: 'first', below: 2.2 });
  const best = ranked[0];
  const sums = best !== undefined && best.value === wanted ? ['sums'] : [];
  return bestOf(ranked, sheet.layout, sums);
}

/** Every number by itself, in the mark that the paper's amounts suggest. */
function countsOf(sheet: Sheet): Spotted<string>[] {
  return sheet.layout.lines.flatMap((line) =>
    line.tokens.flatMap((token) => {
      const value = parseQuantity(token.text, sheet.decimalMark);
      return value === null ? [] : [{ value, tokens: [token], line }];
    }),
  );
}

function sumOfQuantities(rows: readonly TableRow[]): string | null {
  const thousandths = rows.map((row) => Math.round(Number(row.quantity) * 1000));
  if (thousandths.length === 0 || thousandths.some((each) => Number.isNaN(each))) return null;
  return String(thousandths.reduce((sum, each) => sum + each, 0) / 1000);
}
