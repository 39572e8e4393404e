import type { Page } from '#core';
import { decimalMarkOf } from './currency.ts';
import { dayOrderOf, findDates, type OrderGuess } from './date.ts';
import { type FoundIban, findIbans } from './iban.ts';
import { findIdentifiers } from './identifier.ts';
import { findLabels, type Label } from './labels.ts';
import { type Layout, type Line, layOut, type Token } from './lines.ts';
import { type Found, findMoney } from './money.ts';
import { type Spotted, spot } from './nearLabel.ts';
import type { DecimalMark } from './quantity.ts';
import { type FoundVatId, findVatIds } from './vatId.ts';

/** All that can be seen on a paper before one asks what kind it is. */
export interface Sheet {
  readonly layout: Layout;
  readonly labels: readonly Label[];
  readonly dayOrder: OrderGuess;
  readonly decimalMark: DecimalMark;
  readonly amounts: readonly Spotted<string>[];
  readonly dates: readonly Spotted<string>[];
  readonly identifiers: readonly Spotted<string>[];
  readonly ibans: readonly (FoundIban & { readonly line: Line })[];
  readonly vatIds: readonly (FoundVatId & { readonly line: Line })[];
}

export function readSheet(pages: readonly Page[]): Sheet {
  const layout = layOut(pages.map(withoutMailHead));
  const dayOrder = dayOrderOf(layout.lines);
  const perLine = layout.lines.map((line) => ({ line, ...valuesOf(line.tokens, dayOrder, layout.ocr) }));
  return {
    layout,
    labels: findLabels(layout),
    dayOrder,
    decimalMark: decimalMarkOf(layout.lines),
    amounts: spot(perLine, (values) => values.amounts),
    dates: spot(perLine, (values) => values.dates),
    identifiers: spot(perLine, (values) => values.identifiers),
    ibans: perLine.flatMap(({ line, ibans }) => ibans.map((found) => ({ ...found, line }))),
    vatIds: perLine.flatMap(({ line, vatIds }) => vatIds.map((found) => ({ ...found, line }))),
  };
}

/** The day a mail was sent is no invoice's date, and its sender may be anybody. */
function withoutMailHead({ head, ...page }: Page): Page {
  return head === undefined ? page : { ...page, words: page.words.slice(head) };
}

/** Each word is one thing: what is an IBAN is no amount, what is a date is no number of a paper. */
function valuesOf(tokens: readonly Token[], { order }: OrderGuess, ocr: boolean) {
  const taken = new Set<Token>();
  const claim = <F extends Found<string>>(found: readonly F[]): F[] => {
    const free = found.filter((each) => !each.tokens.some((token) => taken.has(token)));
    for (const token of free.flatMap((each) => each.tokens)) taken.add(token);
    return free;
  };
  const ibans = claim(findIbans(tokens));
  const vatIds = claim(findVatIds(tokens));
  const dates = claim(findDates(tokens, order, ocr));
  const amounts = claim(findMoney(tokens, ocr));
  return { ibans, vatIds, dates, amounts, identifiers: findIdentifiers(tokens, taken) };
}
