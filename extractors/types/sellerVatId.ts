import { strengthFor } from '../fields/labels.ts';
import { type Candidate, nearLabels, type Spotted } from '../fields/nearLabel.ts';
import { partyOver } from '../fields/partyBlock.ts';
import type { Sheet } from '../fields/sheet.ts';
import type { LabelName } from '../fields/vocabulary.ts';
import { bestOf, nothingNear } from './findings.ts';
import type { Finding } from './reading.ts';

/** The seller's VAT number: not the one in the buyer's block or behind a label of the buyer's. */
export function findSellerVatId(sheet: Sheet): Finding<string> {
  const ranked = [...sheet.vatIds, ...misprinted(sheet)].map((found): Candidate<string> => {
    const own = labelBefore(sheet, found, 'vat_id');
    const place = partyOver(sheet.layout, sheet.labels, found);
    const buyers = labelBefore(sheet, found, 'buyer_vat_id') > 0 || place === 'other';
    const score = 0.4 + 0.5 * own + (place === 'seller' ? 0.5 : 0) - (buyers ? 0.6 : 0) - (found.valid ? 0 : 0.35);
    const evidence = [
      ...(found.valid ? ['check-digit'] : ['bad-check-digit']),
      ...(own > 0 ? ['label'] : ['position']),
    ];
    return { ...found, score, evidence };
  });
  ranked.sort((a, b) => b.score - a.score);
  const own = ranked.filter((candidate) => candidate.score > 0.1);
  return own.length > 0 ? bestOf(own, sheet.layout) : nothingNear(sheet.labels, ['vat_id']);
}

function labelBefore(sheet: Sheet, found: Spotted<string>, name: LabelName): number {
  return nearLabels(sheet.layout, sheet.labels, [found], name, { prefer: 'first' })[0]?.score ?? 0;
}

/**
 * Behind their label stand numbers with a digit too few or too many: as printed they are wrong, but they are what is
 * printed.
 */
function misprinted(sheet: Sheet): Sheet['vatIds'] {
  return sheet.labels.flatMap((label) => {
    const token = label.line.tokens.slice(label.end).find(({ text }) => text !== ':');
    const known = sheet.vatIds.some(({ tokens }) => tokens.includes(token!));
    if (!token || known || strengthFor(label, 'vat_id') < 0.8 || !/^[A-Z]{2}\d{7,12}$/.test(token.text)) return [];
    return [{ value: token.text, tokens: [token], line: label.line, valid: false }];
  });
}
