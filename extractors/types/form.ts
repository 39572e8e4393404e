import type { Draft } from '#core';
import { type Calibration, shippedCalibration } from '../confidence/calibration.ts';
import { layOut } from '../fields/lines.ts';
import { findPairs } from '../fields/pairs.ts';
import type { Extractor } from './extractor.ts';
import { nothing, wordDoubts } from './findings.ts';
import type { FormPaper } from './papers.ts';
import { type Finding, readingsOf } from './reading.ts';

export const formExtractor: Extractor<FormPaper> = formExtractorWith(shippedCalibration);

function formExtractorWith(calibration: () => Calibration): Extractor<FormPaper> {
  return {
    name: 'form',
    version: '1',
    accepts: ['unknown', 'letter', 'order'],
    async extract(pages, context) {
      const layout = layOut(pages);
      const pairs = findPairs(layout);
      const tokens = pairs.flatMap(({ label, value }) => [...label.tokens, ...value.tokens]);
      const finding: Finding<FormPaper['pairs']> =
        pairs.length === 0
          ? nothing()
          : {
              value: pairs.map(({ label, value }): [string, string] => [label.text, value.text]),
              tokens,
              evidence: ['position', ...wordDoubts({ tokens }, layout)],
              others: [],
              score: 0.5,
            };
      const paper = { sha256: context.paper, pages };
      return readingsOf('form', { pairs: finding }, paper, calibration()) as Draft<FormPaper>;
    },
  };
}
