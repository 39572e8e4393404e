import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type Reading, sha256 } from '#core';
import { extractPaper, kindOfField, mediumOf, normaliseField, ReadError, type Readers } from '#extractors';
import type { Label } from './label.ts';
import type { TruePaper } from './papers.ts';
import { isPosted } from './posted.ts';

/** Reads a paper and sets every field whose truth is known beside it; a paper that cannot be read has no labels. */
export async function labelsOf(paper: TruePaper, readers: Readers): Promise<Label[]> {
  const bytes = await paper.bytes();
  const draft = await extractPaper(readers, bytes, paper.as).then(
    ({ extracted }) => extracted.draft,
    (error: unknown) => {
      if (error instanceof ReadError) return {};
      throw error;
    },
  );
  return Object.entries(draft).flatMap(([field, reading]) => labelOf(paper, field, reading));
}

/** As the reading bears it: its group is medium and kind. */
function kindOf({ group = '' }: Reading<unknown>): string {
  return group.slice(mediumOf(group).length + 1);
}

function labelOf(paper: TruePaper, field: string, reading: Reading<unknown>): Label[] {
  const { origin, set, family, name, as, truth } = paper;
  const wanted = truth[field];
  // A value read where the page shows none may still stand there: nobody knows.
  if (
    reading.group === undefined ||
    wanted === undefined ||
    (origin === 'public' && wanted === null && reading.value !== null)
  )
    return [];
  return [
    {
      ...{ origin, set, family, paper: name, extractor: as, field, kind: kindOf(reading) },
      medium: mediumOf(reading.group),
      evidence: reading.evidence,
      clues: reading.clues ?? {},
      absent: reading.value === null,
      right: isRight(paper, field, reading.value, wanted),
      posted: origin === 'public' || isPosted(as, field),
    },
  ];
}

/** Made papers are compared as they are spelled, public ones as the scorer does: their truth was typed by many hands. */
function isRight({ origin, dayFirst }: TruePaper, field: string, value: unknown, wanted: unknown): boolean {
  if (value === null || wanted === null) return value === wanted;
  if (typeof value !== 'string')
    return JSON.stringify(value).normalize('NFKC') === JSON.stringify(wanted).normalize('NFKC');
  if (origin === 'public')
    return normaliseField(field, value, { dayFirst }) === normaliseField(field, wanted, { dayFirst });
  const squeezed = (text: unknown) => String(text).replace(/\s+/g, '').toLowerCase();
  const kind = kindOfField(field);
  return kind === 'name' || kind === 'address' ? squeezed(value) === squeezed(wanted) : value === String(wanted);
}

const secondReadings = z.array(z.object({ text: z.string(), confidence: z.number() }));

/** Second readings cost seconds a paper: they are kept beside the first, so that a measurement goes on where it was cut. */
export async function rememberingSecondReadings(readers: Readers, folder: string): Promise<Readers> {
  await mkdir(folder, { recursive: true });
  return {
    ...readers,
    async reread(bytes, boxes, pages, options) {
      const file = join(folder, `${sha256(sha256(bytes) + JSON.stringify(boxes))}.second.json`);
      const known = await readFile(file, 'utf8').catch(() => undefined);
      if (known !== undefined) return secondReadings.parse(JSON.parse(known));
      const answers = await readers.reread(bytes, boxes, pages, options);
      await writeFile(file, JSON.stringify(answers));
      return answers;
    },
  };
}
