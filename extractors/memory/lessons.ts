import { z } from 'zod';
import { distanceWithin } from '../fields/labels.ts';
import type { Token } from '../fields/lines.ts';
import type { Sheet } from '../fields/sheet.ts';
import { type Place, placeOf, placeSchema, type Spot, seek, spotsAt } from './places.ts';
import { sameValue, whereStands } from './sightings.ts';

/** What is known of one field of a layout: where it stands and how it is written, its one value, or that it is not there. */
export const lessonBody = z.discriminatedUnion('how', [
  z.object({
    how: z.literal('places'),
    places: z.array(placeSchema),
    /** The extractor alone was wrong on a paper of this layout: its word counts less than the lesson's. */
    corrects: z.boolean(),
    /** Names and addresses as people spelled them on papers of this layout, and as the extractor had read each. */
    spellings: z.array(z.object({ value: z.string(), read: z.string().nullable() })),
  }),
  /** Not on the paper: this value, wherever the extractor reads `instead`; `any` where papers with unlike readings agreed. */
  z.object({ how: z.literal('constant'), value: z.string(), instead: z.string().nullable(), any: z.boolean() }),
  /** `sure` where more than one paper showed it: only then a value that was read gives way. */
  z.object({ how: z.literal('absent'), sure: z.boolean() }),
]);
export type LessonBody = z.infer<typeof lessonBody>;

/** A paper with what a person said stands on it; null for a field it does not carry. */
export interface Confirmed {
  readonly sheet: Sheet;
  /** What the extractor alone reads there. */
  readonly read: string | null;
  readonly value: string | null;
}

/** A paper as a lesson is asked about it. */
export interface Asked extends Pick<Confirmed, 'sheet' | 'read'> {
  /** The words that were read are doubtful in themselves: a spelling that is close may be the right one. */
  readonly unsure?: boolean;
}

/** What a lesson says of a paper. `tokens` is empty where the value is not read from it. */
export interface Proposal {
  readonly value: string | null;
  readonly tokens: readonly Token[];
  /** It is what the extractor read, put right. */
  readonly respelled?: true;
}

/** Most places remembered for a field: where one is covered or misread another speaks. */
const MOST_PLACES = 4;
/** Places of the newest paper that are tried. */
const MOST_TRIED = 6;
/** A neighbourhood less alike than this is another one. */
const LEAST_FIT = 0.55;
/** What speaks for the runner-up may be at most this share of what speaks for the best. */
const CLOSE_RIVAL = 0.7;
/** A better fit counts for much more than a middling one. */
const SHARPNESS = 4;
/** How much more a place counts whose label names the field. */
const NAMED = 2;

/** What the lesson says of this paper; undefined where it has nothing to say, or cannot decide. */
export function propose({ sheet, read, unsure = false }: Asked, lesson: LessonBody): Proposal | undefined {
  if (lesson.how === 'constant') {
    const { value, instead, any } = lesson;
    const meant = any || same(read, instead) || (unsure && isMisreading(sheet, read, [instead, value]));
    return meant ? { value, tokens: [] } : undefined;
  }
  if (lesson.how === 'absent') return { value: null, tokens: [] };
  const spelling = sheet.layout.ocr && read !== null ? spelledAs(read, lesson.spellings, unsure) : undefined;
  if (spelling !== undefined) return { value: spelling, tokens: [], respelled: true };
  const votes = votesOf(sheet, lesson.places);
  const [best, second] = votes;
  if (!best || (second && second.weight > CLOSE_RIVAL * best.weight)) return undefined;
  return { value: best.value, tokens: best.tokens };
}

interface Vote {
  readonly value: string;
  readonly tokens: readonly Token[];
  readonly weight: number;
}

/** What speaks for each value, over all places, the most first. */
function votesOf(sheet: Sheet, places: readonly Place[]): Vote[] {
  const votes = new Map<string, Vote>();
  for (const place of places) {
    for (const { sighting, fit } of withoutParts(seek(sheet, place).filter((spot) => spot.fit >= LEAST_FIT))) {
      const { value, all } = sighting;
      const before = votes.get(value);
      const weight = (before?.weight ?? 0) + place.standing * fit ** SHARPNESS;
      votes.set(value, { value, tokens: before?.tokens ?? all, weight });
    }
  }
  return [...votes.values()].sort((a, b) => b.weight - a.weight);
}

/** What begins within a better spot's words is a part of it, and no rival. */
function withoutParts(spots: readonly Spot[]): Spot[] {
  return spots.filter((spot, i) => {
    const better = spots.slice(0, i).map(({ sighting }) => sighting.all);
    return (
      spot.sighting.all.length === 0 ||
      !better.some((words) => words.includes(spot.sighting.all[0]!) && words.length > 1)
    );
  });
}

/**
 * What these papers of one layout, the newest first, teach about a field. `former` is what was known before: its places
 * are tried again beside those of the newest paper. Undefined where they teach nothing that holds for all of them.
 */
export function induce(
  field: string,
  papers: readonly Confirmed[],
  former: LessonBody | undefined,
): LessonBody | undefined {
  const values = papers.map(({ value }) => value);
  if (values.every((value) => value === null)) return { how: 'absent', sure: values.length > 1 };
  const places = placesOf(field, papers, former);
  const corrects = papers.some((paper) => !same(paper.read, paper.value));
  const lesson: LessonBody = { how: 'places', places, corrects, spellings: spellingsOf(papers) };
  const holds = replay(lesson, papers).wrong === 0;
  if (places.length > 0 && holds) return lesson;
  return constantOf(papers) ?? (lesson.spellings.length > 0 && holds ? lesson : undefined);
}

/** Names and addresses are long enough to be known again with some letters misread; numbers are not. */
const LEAST_SPELLED = 8;
/** Share of letters that may be misread. */
const MISREAD = 0.25;

type Spelling = Extract<LessonBody, { how: 'places' }>['spellings'][number];

function spellingsOf(papers: readonly Pick<Confirmed, 'value' | 'read'>[]): Spelling[] {
  const spelled = papers.flatMap(({ value, read }) => (value !== null && isSpelled(value) ? [{ value, read }] : []));
  return spelled.filter(
    (one, i) => spelled.findIndex(({ value, read }) => value === one.value && read === one.read) === i,
  );
}

function isSpelled(value: string): boolean {
  return /\p{L}{3}/u.test(value) && squeezed(value).length >= LEAST_SPELLED;
}

/**
 * How people spelled what reads like this. A sure reading is only put right where a taught paper was read just so:
 * letters that one paper misspells or lost are no reason to misspell the next.
 */
function spelledAs(read: string, spellings: readonly Spelling[], unsure: boolean): string | undefined {
  const own = squeezed(read);
  const alike = spellings.find((one) => [one.read, one.value].some((form) => form !== null && squeezed(form) === own));
  if (alike || !unsure) return alike?.value;
  const values = spellings.map(({ value }) => value);
  return nearest(read, values);
}

/** The spelling that the reading comes closest to, of several that come as close the newest. */
function nearest(read: string, spellings: readonly string[]): string | undefined {
  const own = squeezed(read);
  const most = Math.floor(MISREAD * own.length);
  for (let misread = 0; misread <= most; misread++) {
    const near = spellings.find((spelling) => distanceWithin(own, squeezed(spelling), misread));
    if (near !== undefined) return near;
  }
  return undefined;
}

function isMisreading({ layout }: Sheet, read: string | null, known: readonly (string | null)[]): boolean {
  const spellings = known.flatMap((value) => (value !== null && isSpelled(value) ? [value] : []));
  return layout.ocr && read !== null && nearest(read, spellings) !== undefined;
}

function squeezed(text: string): string {
  return text.toUpperCase().replace(/[^\p{L}\d]/gu, '');
}

/**
 * A value that is not on the paper: a person's own spelling of what the paper shows, or one that all papers of the
 * layout share. One paper teaches a spelling; that the value holds whatever is read takes papers that read unlike, and
 * that it holds where nothing is read takes a second one, or a code as currencies have.
 */
function constantOf(papers: readonly Confirmed[]): LessonBody | undefined {
  const [{ value, read } = { value: null, read: null }] = papers;
  if (value === null || !papers.every((paper) => paper.value === value)) return undefined;
  const alike = papers.every((paper) => same(paper.read, read));
  const changes = /^(\d{4}-\d{2}-\d{2}|-?\d+\.\d{2})$/.test(value);
  if (changes || (alike && read === null && papers.length < 2 && !/^[A-Z]{3}$/.test(value))) return undefined;
  return { how: 'constant', value, instead: read, any: !alike };
}

function same(a: string | null, b: string | null): boolean {
  return a === null || b === null ? a === b : sameValue(a, b);
}

function placesOf(field: string, papers: readonly Confirmed[], former: LessonBody | undefined): Place[] {
  const newest = papers.find(({ value }) => value !== null);
  if (newest?.value === undefined || newest.value === null) return [];
  const { sheet, value } = newest;
  const seen = whereStands(sheet, value).map(({ sighting, writing }) => placeOf(sheet, sighting, writing));
  const tried = distinct(
    seen.map((place) => ({
      ...place,
      standing: (place.standing * (isNamed(field, place) ? NAMED : 1)) / rows(sheet, place),
    })),
  )
    .sort((a, b) => b.standing - a.standing)
    .slice(0, MOST_TRIED);
  const known = former?.how === 'places' ? former.places : [];
  const judged = distinct([...known, ...tried]).map((place) => ({
    place,
    ...replay({ how: 'places', places: [place], corrects: false, spellings: [] }, papers),
  }));
  return judged
    .filter(({ right, wrong }) => wrong === 0 && right > 0)
    .sort((a, b) => b.right - a.right || b.place.standing - a.place.standing)
    .slice(0, MOST_PLACES)
    .map(({ place }) => place);
}

/** Whether the words beside it or above it name the field, as `Flight Dates` names `flight_to`. */
function isNamed(field: string, { anchors }: Place): boolean {
  const parts = field.split('_').filter((part) => part.length >= 4);
  return anchors.some(
    ({ words, weight }) => weight >= 0.8 && words.some((word) => parts.some((part) => word.startsWith(part))),
  );
}

/** The same words at the same side name one place, wherever its value stood this time. */
function distinct(places: readonly Place[]): Place[] {
  const names = places.map(({ anchors, writing }) =>
    JSON.stringify([writing, anchors.map(({ side, words, between }) => [side, words, between])]),
  );
  return places.filter((_, i) => names.indexOf(names[i]!) === i);
}

/** In how many lines of a page the place is found: what a table repeats in every row is no field of the paper. */
function rows(sheet: Sheet, place: Place): number {
  const fitting = spotsAt(sheet, place).filter(({ fit }) => fit > 0.8);
  const pages = Map.groupBy(fitting, ({ sighting }) => sighting.line.page);
  return Math.max(1, ...[...pages.values()].map((spots) => new Set(spots.map(({ sighting }) => sighting.line)).size));
}

export interface Replayed {
  readonly right: number;
  readonly wrong: number;
  /** By paper: whether the lesson says what the person said. */
  readonly rightOn: readonly boolean[];
}

/** What the lesson would have said of papers whose values are known. Silence is neither right nor wrong. */
export function replay(lesson: LessonBody, papers: readonly Confirmed[]): Replayed {
  const verdicts = papers.map((paper) => {
    const { sheet, value } = paper;
    const said = propose(paper, lesson);
    if (said === undefined) return 'silent';
    if (said.value === null || value === null) return said.value === value ? 'right' : 'wrong';
    if (sameValue(said.value, value)) return 'right';
    return sheet.layout.ocr && isMisread(said.value, value) ? 'silent' : 'wrong';
  });
  const rightOn = verdicts.map((verdict) => verdict === 'right');
  return { right: rightOn.filter(Boolean).length, wrong: verdicts.filter((each) => each === 'wrong').length, rightOn };
}

/** The right place, misread by the engine: nothing against the place. */
function isMisread(read: string, meant: string): boolean {
  return distanceWithin(read, meant, Math.max(1, Math.floor(meant.length / 5)));
}
