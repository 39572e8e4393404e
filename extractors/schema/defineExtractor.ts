import type { z } from 'zod';
import type { Draft } from '#core';
import { shippedCalibration } from '../confidence/calibration.ts';
import { readSheet } from '../fields/sheet.ts';
import type { Extractor } from '../types/extractor.ts';
import { readingsOf } from '../types/reading.ts';
import { readTwice } from '../types/secondReading.ts';
import { searchFor, type Wanted } from './search.ts';

export interface PaperDefinition<S extends z.ZodObject> extends Wanted {
  /** As tasks and lines of output name it: `payslip`. */
  readonly name: string;
  readonly version: string;
  /** Kinds of paper, in the classifier's names, that it reads; with none, a bot gives it whatever paper comes. */
  readonly accepts?: readonly string[];
  readonly schema: S;
}

/**
 * An extractor from a schema: values of each field's kind are looked for near its labels, chosen together under the
 * rules, and trusted as far as their evidence was right before. Throws a TypeError where the schema holds what no
 * paper shows (lists of plain values).
 */
export function defineExtractor<S extends z.ZodObject>({
  name,
  version,
  accepts = [],
  ...wanted
}: PaperDefinition<S>): Extractor<z.infer<S>> {
  const search = searchFor(wanted);
  return {
    name,
    version,
    accepts,
    async extract(pages, context) {
      const sheet = readSheet(pages);
      const { fields, tables } = search(sheet);
      const findings = { ...(await readTwice(fields, sheet, context)), ...tables };
      return readingsOf({ name, version }, findings, { sha256: context.paper, pages }, shippedCalibration()) as Draft<
        z.infer<S>
      >;
    },
  };
}
