import type { Draft, Layout, LayoutMemory, Page, Reading } from '#core';
import {
  type Calibration,
  probabilityOfAbsence,
  probabilityOfValue,
  shippedCalibration,
} from '../confidence/calibration.ts';
import { groupOf, plainGroup } from '../confidence/trustClass.ts';
import { readSheet, type Sheet } from '../fields/sheet.ts';
import type { Extractor } from '../types/extractor.ts';
import { kindOfField } from '../types/fieldKinds.ts';
import { sourcesOf } from '../types/reading.ts';
import { recognise } from './layouts.ts';
import { type LessonBody, lessonBody, type Proposal, propose } from './lessons.ts';
import { outlineOf } from './outline.ts';
import { sameValue } from './sightings.ts';

/** Evidence that a lesson does not outweigh: where it says otherwise a person looks. */
const PROOF = ['sums', 'check-digit', 'statement', 'e-invoice'];

/** Evidence that the words read may not be those printed. */
const UNSURE = ['faint', 'repaired', 'readings-differ'];

/**
 * The same extractor with the memory of what people's answers taught: on a paper of a known layout lessons say where its
 * fields stand. What both say is evidence `learned`. Where they differ and people had to correct the extractor on such
 * papers, the lesson's value stands (`learned`, `overruled`) and the other is its first alternative; where the extractor
 * was right so far, or arithmetic proves it, its value stays with a doubt (`lesson-differs`).
 */
export function withMemory<T>(
  extractor: Extractor<T>,
  memory: Pick<LayoutMemory, 'candidates'>,
  calibration: () => Calibration = shippedCalibration,
): Extractor<T> {
  return {
    ...extractor,
    async extract(pages, context) {
      const draft = await extractor.extract(pages, context);
      const { layouts } = await recognise(memory, extractor.name, pages);
      if (layouts.length === 0) return draft;
      const paper = { sha256: context.paper, pages, sheet: readSheet(outlineOf(pages)) };
      const readings = Object.entries<Reading<unknown>>(draft).map(([field, reading]) => {
        const said = textOrNull(reading.value) ? agreedProposal(field, reading, paper.sheet, layouts) : undefined;
        return [field, said ? recalled(extractor, field, reading, said, paper, calibration()) : reading];
      });
      return Object.fromEntries(readings) as Draft<T>;
    },
  };
}

interface Said extends Proposal {
  /** Whether people had to correct the extractor on this layout; of an absence, whether more than one paper showed it. */
  readonly outweighs: boolean;
}

type Judge = (
  evidence: readonly string[],
  value: unknown,
  clues?: Readonly<Record<string, number>>,
) => Reading<unknown>;

interface PaperSeen {
  readonly sha256: string;
  readonly pages: readonly Page[];
  readonly sheet: Sheet;
}

function textOrNull(value: unknown): value is string | null {
  return value === null || typeof value === 'string';
}

/** What the lessons of all layouts in question say as one; where two say different things nobody says anything. */
function agreedProposal(
  field: string,
  { value, evidence }: Reading<unknown>,
  sheet: Sheet,
  layouts: readonly Layout[],
): Said | undefined {
  const read = textOrNull(value) ? value : null;
  const unsure = evidence.some((word) => UNSURE.includes(word));
  const said = layouts.flatMap(({ lessons }) => {
    const lesson = lessons.find((each) => each.field === field);
    if (!lesson) return [];
    const body = lessonBody.parse(lesson.body);
    const proposal = propose({ sheet, read, unsure }, body);
    return proposal ? [{ ...proposal, outweighs: proposal.respelled === true || outweighs(body) }] : [];
  });
  const [first, ...others] = said;
  return first && others.every((other) => other.value === first.value) ? first : undefined;
}

function recalled(
  extractor: Pick<Extractor<unknown>, 'name' | 'version'>,
  field: string,
  reading: Reading<unknown>,
  said: Said,
  paper: PaperSeen,
  calibration: Calibration,
): Reading<unknown> {
  const judge: Judge = (evidence, value, clues = reading.clues ?? {}) => {
    const medium = paper.sheet.layout.ocr ? 'ocr' : 'text';
    const kind = kindOfField(field);
    const judged = { extractor: extractor.name, field, kind, medium, evidence, clues } as const;
    const own = reading.group ?? groupOf(medium, kind);
    const group = value === reading.value ? own : plainGroup(own);
    if (value === null) {
      return {
        ...reading,
        value,
        probability: 0,
        absent: probabilityOfAbsence(calibration, judged),
        evidence,
        clues,
        group,
      };
    }
    const probability = probabilityOfValue(calibration, judged);
    return { ...reading, value, probability, absent: (1 - probability) * 0.2, evidence, clues, group };
  };
  const evidence = [...reading.evidence, 'learned'];
  if (agrees(reading.value, said.value)) return judge(evidence, reading.value);
  if (isPartOf(said.value, reading.value)) return reading;
  // Where nothing was read there is nothing to outweigh.
  const silent = reading.value === null;
  if (!silent && (!said.outweighs || reading.evidence.some((word) => PROOF.includes(word))))
    return doubted(judge, reading, said);
  const before = reading.value === null ? [] : [{ value: reading.value, probability: 1 - reading.absent }];
  return {
    ...judge(['learned', 'overruled', ...howSaid(said, paper)], said.value, {}),
    sources: said.tokens.length > 0 ? sourcesOf(said.tokens, paper) : reading.sources,
    alternatives: [...before, ...reading.alternatives].map((each) => ({ ...each, probability: each.probability / 2 })),
    rule: `${extractor.name}@${extractor.version}/memory`,
  };
}

/** What a lesson goes by: a person's spelling, a value of the sender's own, or words that stand on the paper. */
function howSaid({ respelled, tokens }: Said, { sheet }: PaperSeen): string[] {
  if (respelled) return ['respelled'];
  if (tokens.length === 0) return ['constant'];
  return sheet.layout.ocr ? [] : ['text-layer'];
}

/** Both have been right on this layout so far, and now they differ: a person decides, with both before them. */
function doubted(judge: Judge, reading: Reading<unknown>, said: Said): Reading<unknown> {
  if (said.value === null) return reading;
  const other = { value: said.value, probability: (1 - reading.probability) / 2 };
  const judged = judge([...reading.evidence, 'lesson-differs'], reading.value);
  return { ...judged, alternatives: [other, ...reading.alternatives] };
}

function outweighs(lesson: LessonBody): boolean {
  return lesson.how === 'constant' || (lesson.how === 'places' ? lesson.corrects : lesson.sure);
}

function agrees(read: unknown, said: string | null): boolean {
  return read === null || said === null ? read === said : sameValue(String(read), said);
}

/** A name read over more lines than the lesson knew of is not contradicted by its first one. */
function isPartOf(said: string | null, read: unknown): boolean {
  return (
    said !== null &&
    typeof read === 'string' &&
    /\p{L}{3}/u.test(said) &&
    read.length > said.length &&
    read.startsWith(said)
  );
}

/** What the extractor itself read, before a lesson overruled it. */
export function ownReading({ value, evidence, alternatives }: Reading<unknown>): unknown {
  return evidence.includes('overruled') ? (alternatives[0]?.value ?? null) : value;
}
