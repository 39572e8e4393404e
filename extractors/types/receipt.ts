import type { Draft } from '#core';
import { type Calibration, shippedCalibration } from '../confidence/calibration.ts';
import { readSheet, type Sheet } from '../fields/sheet.ts';
import type { Extractor } from './extractor.ts';
import { bestOf } from './findings.ts';
import type { ReceiptPaper } from './papers.ts';
import { readingsOf } from './reading.ts';
import { findAddresses } from './receipt/address.ts';
import { findCompanies } from './receipt/company.ts';
import { headOf } from './receipt/head.ts';
import { findTotals } from './receipt/total.ts';
import { readTwice } from './secondReading.ts';
import { dateFinding, findDate, unlabelledDates } from './simpleFields.ts';

export const receiptExtractor: Extractor<ReceiptPaper> = receiptExtractorWith(shippedCalibration);

function receiptExtractorWith(calibration: () => Calibration): Extractor<ReceiptPaper> {
  return {
    name: 'receipt',
    version: '1',
    accepts: ['receipt'],
    async extract(pages, context) {
      const sheet = readSheet(pages);
      const findings = await readTwice(receiptFindings(sheet), sheet, context);
      const paper = { sha256: context.paper, pages };
      return readingsOf('receipt', findings, paper, calibration()) as Draft<ReceiptPaper>;
    },
  };
}

function receiptFindings(sheet: Sheet) {
  const head = headOf(sheet.layout);
  const dates = [...findDate(sheet, 'invoice_date'), ...unlabelledDates(sheet)];
  const company = bestOf(findCompanies(head, sheet.layout), sheet.layout);
  return {
    company,
    date: dateFinding(sheet, dates, 'invoice_date'),
    address: bestOf(findAddresses(head, company.value ?? ''), sheet.layout),
    total: bestOf(findTotals(sheet), sheet.layout),
  };
}
