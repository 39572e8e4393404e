import { expect, it } from 'vitest';
import type { Reading, Source } from '#core';
import { marksOf, printedAt } from '../../../console/web/paper/marks.ts';

const source: Source = {
  ...{ paper: 'abc', reader: 'text', page: 1, x0: 10, y0: 20, x1: 60, y1: 40 },
  ...{ width: 600, height: 800, rotation: 0 },
};
const reading = (sources: readonly Source[]): Reading<string> => {
  return { value: '9.00', probability: 1, absent: 0, sources, alternatives: [], evidence: [] };
};

it('draws each place once, and none for what is not printed', () => {
  const fields = [{ name: 'total', title: 'Total', doubtful: false }];
  const data: Source = { ...source, reader: 'data', by: 'ubl' };
  expect(marksOf(fields, { total: reading([data, source]) }).map((mark) => mark.source)).toEqual([data]);
  const nowhere: Source = { ...data, x0: 0, y0: 0, x1: 0, y1: 0 };
  expect(marksOf(fields, { total: reading([nowhere]) })).toEqual([]);
  expect(printedAt(reading([nowhere, source]))).toEqual([source]);
  expect(printedAt(undefined)).toEqual([]);
});
