import type { Draft, Reading } from '#core';
import { type Calibration, probabilityOfValue, shippedCalibration } from '../confidence/calibration.ts';
import { kindOf, mediumOf, withMasterDataIn } from '../confidence/trustClass.ts';
import type { Extractor } from './extractor.ts';

/** What master data hold for a field: all its values as they write them, or who tells whether one is among them. */
type KnownValues = readonly string[] | ((value: string) => boolean | Promise<boolean>);
export type MasterData<T> = { readonly [K in keyof T]?: KnownValues };

/**
 * The same extractor, whose readings know of master data: a value that stands there has `master-data` among its
 * evidence, and is counted in a group of its own (`ocr/iban+master-data`). How much that is worth only labels say;
 * without any of that group the value is trusted as before, however many others of its kind were right.
 */
export function withMasterData<T>(extractor: Extractor<T>, data: MasterData<T>): Extractor<T> {
  const known = Object.entries<KnownValues | undefined>({ ...data });
  const lookUps = new Map(known.flatMap(([field, values]) => (values ? [[field, lookUpIn(values)] as const] : [])));
  return {
    ...extractor,
    async extract(pages, context) {
      const draft = await extractor.extract(pages, context);
      const readings = Object.entries<Reading<unknown>>(draft).map(async ([field, reading]) => {
        const { value } = reading;
        const isKnown = typeof value === 'string' && (await lookUps.get(field)?.(value));
        return [field, isKnown ? found(extractor.name, field, reading, shippedCalibration()) : reading];
      });
      return Object.fromEntries(await Promise.all(readings)) as Draft<T>;
    },
  };
}

type LookUp = (value: string) => boolean | Promise<boolean>;

function lookUpIn(values: KnownValues): LookUp {
  if (typeof values === 'function') return values;
  const all = new Set(values.map(bare));
  return (value) => bare(value) !== '' && all.has(bare(value));
}

/** Spaces, dots and capitals are the writer's choice. */
function bare(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toUpperCase();
}

function found(
  extractor: string,
  field: string,
  reading: Reading<unknown>,
  calibration: Calibration,
): Reading<unknown> {
  const evidence = [...reading.evidence, 'master-data'];
  const { group, clues = {} } = reading;
  // Not read but stated or settled: nothing is to be judged.
  if (group === undefined) return { ...reading, evidence };
  const judged = { extractor, field, kind: kindOf(group), medium: mediumOf(group), evidence, clues };
  const probability = probabilityOfValue(calibration, judged);
  return { ...reading, evidence, probability, absent: (1 - probability) * 0.2, group: withMasterDataIn(group) };
}
