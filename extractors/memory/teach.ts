import { setImmediate } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { type KeptPaper, type Layout, type LayoutMemory, type Lesson, newId, type Page, type Teaching } from '#core';
import { readSheet, type Sheet } from '../fields/sheet.ts';
import { recognise } from './layouts.ts';
import { type Confirmed, induce, type LessonBody, lessonBody, replay } from './lessons.ts';
import { outlineOf } from './outline.ts';
import { joinedSignature, signatureOf, sketchOf } from './signature.ts';

/** A paper a person looked at: what they said stands on it, and what the extractor alone had read. */
export interface TaughtPaper {
  readonly extractor: string;
  readonly sha256: string;
  readonly pages: readonly Page[];
  readonly read: KeptPaper['read'];
  readonly values: KeptPaper['values'];
  readonly by: string;
}

/** Kept papers of a layout that lessons are held against. */
const MOST_KEPT = 8;
/** Another answer may change the layout in between; then it is learned anew from what stands there now. */
const MOST_TRIES = 5;

/**
 * Learns from one answer: which layout the paper is of, and for each field what holds for all kept papers of it.
 * The same answer learned twice is learned once. False when others kept changing the layout meanwhile.
 */
export async function teach(memory: LayoutMemory, taught: TaughtPaper): Promise<boolean> {
  const pages = outlineOf(taught.pages);
  for (let attempt = 0; attempt < MOST_TRIES; attempt++) {
    const { signature, sketch, layouts } = await recognise(memory, taught.extractor, pages);
    if (sketch.length === 0) return true;
    const layout = layouts[0] ?? { id: newId(), extractor: taught.extractor, revision: 0, signature, lessons: [] };
    const known = layout.revision > 0 ? await memory.papers(layout.id) : [];
    const history = (layout.revision > 0 && (await memory.lessons(layout.id))) || [];
    const { sha256, read, values, by } = taught;
    const paper: KeptPaper = { sha256, pages, read, values };
    const same = known.find((each) => each.sha256 === sha256);
    if (same && isDeepStrictEqual(plain(same), plain(paper))) return true;
    const papers = [paper, ...known.filter((each) => each !== same)].slice(0, MOST_KEPT);
    const joined = joinedSignature(papers.map((each) => signatureOf(each.pages)));
    const lessons = await lessonsOf(papers, layout, history);
    const teaching = { layout: { ...layout, signature: joined }, sketch: sketchOf(joined), paper, keep: MOST_KEPT, by };
    if (await memory.learn({ ...teaching, ...lessons })) return true;
  }
  return false;
}

function plain({ read, values }: KeptPaper): unknown {
  return JSON.parse(JSON.stringify({ read, values }));
}

/**
 * What the papers of a layout, the newest first, teach anew: the gate every lesson passes before it is used. A field of
 * long papers takes up to a second, so others get their turn after each.
 */
async function lessonsOf(
  papers: readonly KeptPaper[],
  layout: Layout,
  history: readonly Lesson[],
): Promise<Pick<Teaching, 'lessons' | 'retire'>> {
  const sheets = papers.map(({ pages }) => readSheet(pages));
  const judged: Judgement[] = [];
  for (const field of Object.keys(papers[0]?.values ?? {})) {
    const inUse = layout.lessons.find((lesson) => lesson.field === field);
    const refused = history.filter((each) => each.field === field && each.state === 'reverted');
    judged.push(judgeField(field, confirmedOn(field, papers, sheets), inUse, refused));
    await setImmediate();
  }
  return {
    lessons: judged.flatMap(({ lesson }) => lesson ?? []),
    retire: judged.flatMap(({ retire }) => retire ?? []),
  };
}

function confirmedOn(field: string, papers: readonly KeptPaper[], sheets: readonly Sheet[]): Confirmed[] {
  return papers.flatMap(({ values, read }, i) => {
    const value = values[field];
    return value === undefined ? [] : [{ sheet: sheets[i]!, value, read: read[field] ?? null }];
  });
}

interface Judgement {
  readonly lesson?: Teaching['lessons'][number];
  readonly retire?: Teaching['retire'][number];
}

/**
 * The regression gate: a new lesson is used when it is right on every kept paper the lesson in use was right on, and
 * wrong on none. One in use that the newest paper proves wrong is retired, whether or not there is a better one.
 */
function judgeField(
  field: string,
  papers: readonly Confirmed[],
  inUse: Lesson | undefined,
  refused: readonly Lesson[],
): Judgement {
  const former = inUse && lessonBody.parse(inUse.body);
  const before = former && replay(former, papers);
  const retire = before && before.wrong > 0 ? { retire: { field, reason: 'contradicts-itself' } } : {};
  const found = induce(field, papers, former);
  const body = found ?? induce(field, papers.slice(0, 1), undefined);
  if (!body || isKnown(body, [...(inUse ? [inUse] : []), ...refused])) return retire;
  const now = replay(body, papers);
  const worse = before?.rightOn.some((right, i) => right && !now.rightOn[i]) ?? false;
  const reason = !found || now.wrong > 0 ? 'contradicts-itself' : worse ? 'worse-than-before' : null;
  const state = reason === null ? 'active' : 'inactive';
  return { ...retire, lesson: { field, state, reason, body, right: now.right, papers: papers.length } };
}

function isKnown(body: LessonBody, lessons: readonly Lesson[]): boolean {
  const own: unknown = JSON.parse(JSON.stringify(body));
  return lessons.some((lesson) => isDeepStrictEqual(lesson.body, own));
}
