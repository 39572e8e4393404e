import type { Box, Page } from '#core';
import { boxAround, type Token } from '../fields/lines.ts';
import { readSheet } from '../fields/sheet.ts';

/** Something on the paper that came into question as a value, or names one. */
export interface Mark {
  readonly kind: 'amount' | 'date' | 'number' | 'iban' | 'vat-number' | 'label';
  readonly text: string;
  readonly box: Box;
}

/** Everything a page holds before one asks for fields: values of each kind, and labels. Boxes are on the page's image. */
export function marksOf(pages: readonly Page[]): Mark[] {
  const sheet = readSheet(pages);
  const found = (
    kind: Mark['kind'],
    values: readonly { readonly value: string; readonly tokens: readonly Token[] }[],
  ) => values.map(({ value, tokens }): Mark => ({ kind, text: value, box: boxOf(tokens) }));
  return [
    ...found('amount', sheet.amounts),
    ...found('date', sheet.dates),
    ...found('number', sheet.identifiers),
    ...found('iban', sheet.ibans),
    ...found('vat-number', sheet.vatIds),
    ...sheet.labels.map(({ tokens, names, weak }): Mark => {
      return { kind: 'label', text: [...names, ...weak].join(', '), box: boxOf(tokens) };
    }),
  ];
}

/** Tokens stand straight; the words they come from stand where the image shows them. */
function boxOf(tokens: readonly Token[]): Box {
  return boxAround(tokens.map(({ word }) => word));
}
