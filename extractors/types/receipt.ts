import type { Draft } from '#core';
import { type Calibration, shippedCalibration } from '../confidence/calibration.ts';
import { readSheet, type Sheet } from '../fields/sheet.ts';
import type { ExtractContext, Extractor } from './extractor.ts';
import { bestOf } from './findings.ts';
import type { ReceiptPaper } from './papers.ts';
import { readingsOf } from './reading.ts';
import { findAddresses } from './receipt/address.ts';
import { amountLines } from './receipt/amountLines.ts';
import { findCompanies } from './receipt/company.ts';
import { dateQuestion, orderDoubt } from './receipt/date.ts';
import { headOf } from './receipt/head.ts';
import { answered } from './receipt/question.ts';
import { amountQuestion } from './receipt/secondAmounts.ts';
import { headQuestion } from './receipt/secondLook.ts';
import { findTotals } from './receipt/total.ts';

const RECEIPT = { name: 'receipt', version: '2' } as const;

export const receiptExtractor: Extractor<ReceiptPaper> = receiptExtractorWith(shippedCalibration);

function receiptExtractorWith(calibration: () => Calibration): Extractor<ReceiptPaper> {
  return {
    ...RECEIPT,
    accepts: ['receipt'],
    async extract(pages, context) {
      const sheet = readSheet(pages);
      const findings = await receiptFindings(sheet, context);
      const paper = { sha256: context.paper, pages };
      return readingsOf(RECEIPT, findings, paper, calibration()) as Draft<ReceiptPaper>;
    },
  };
}

async function receiptFindings(sheet: Sheet, context: ExtractContext) {
  const { layout } = sheet;
  const { head, dates, lines } = await answered(
    {
      head: headQuestion(headOf(layout), layout),
      dates: dateQuestion(sheet),
      lines: amountQuestion(sheet, amountLines(sheet)),
    },
    context,
  );
  const company = bestOf(findCompanies(head, layout), layout);
  return {
    company,
    date: bestOf(dates, layout, orderDoubt(sheet, dates[0])),
    address: bestOf(findAddresses(head, company.value ?? ''), layout),
    total: bestOf(findTotals(lines), layout),
  };
}
