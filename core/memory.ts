import type { Page } from './document.ts';

/** `active`: in use · `inactive`: it did not pass the gate · `replaced`: by a newer version · `reverted`: by a person. */
export type LessonState = 'active' | 'inactive' | 'replaced' | 'reverted';

/** What people's answers taught about one field of papers of one layout. Versions are never changed, only their state. */
export interface Lesson {
  readonly layout: string;
  readonly field: string;
  /** Counts up within the field, from 1. */
  readonly version: number;
  readonly state: LessonState;
  /** Why it is not in use, in kebab words: `contradicts-itself`, `worse-than-before`, `reverted`; null where it is or was. */
  readonly reason: string | null;
  /** Where the value stands and how it is written; plain data that extractors understand. */
  readonly body: unknown;
  /** Of the kept papers of its layout when it was taught, on how many it says what the person said. */
  readonly right: number;
  readonly papers: number;
  /** The paper whose answer taught it, and who gave the answer. */
  readonly paper: string;
  readonly by: string;
  readonly at: string;
}

/** Papers that look alike to one extractor: a sender's, or of one program that many senders use. */
export interface Layout {
  readonly id: string;
  readonly extractor: string;
  /** Counts up with every change: what was learned from an older one is refused. */
  readonly revision: number;
  /** Words that its papers have in common, as extractors compare them; plain data. */
  readonly signature: Readonly<Record<string, number>>;
  /** Those in use. */
  readonly lessons: readonly Lesson[];
}

/** A paper that a person looked at, kept for the gate: its first and last pages and what stands on it. */
export interface KeptPaper {
  readonly sha256: string;
  readonly pages: readonly Page[];
  /** By field: what the extractor alone read, and what the person said; null for what the paper does not carry. */
  readonly read: Readonly<Record<string, string | null>>;
  readonly values: Readonly<Record<string, string | null>>;
}

/** What one answer taught, to be written down as one fact. */
export interface Teaching {
  /** A new layout where `revision` is 0. */
  readonly layout: Pick<Layout, 'id' | 'extractor' | 'revision' | 'signature'>;
  /** Hashes by which papers like these are found again. */
  readonly sketch: readonly number[];
  /** The paper taught from; another of the same bytes gives way to it. */
  readonly paper: KeptPaper;
  /** So many papers of a layout are kept, the newest. */
  readonly keep: number;
  readonly by: string;
  /** New versions of lessons. One that is `active` replaces the one in use; `retire` takes the one in use out for a reason. */
  readonly lessons: readonly (Pick<Lesson, 'field' | 'reason' | 'body' | 'right' | 'papers'> & {
    readonly state: 'active' | 'inactive';
  })[];
  readonly retire: readonly { readonly field: string; readonly reason: string }[];
}

/** A layout for people: how much is known of it. */
export interface LayoutSummary {
  readonly id: string;
  readonly extractor: string;
  readonly papers: number;
  /** Fields with a lesson in use. */
  readonly fields: readonly string[];
  readonly learnedAt: string;
}

/** What corrections taught, by sender and layout. Values of papers are in it: it is part of the record, and never of a log. */
export interface LayoutMemory {
  /** Layouts of that extractor that share most with the sketch, at most `limit` of them. */
  candidates(extractor: string, sketch: readonly number[], limit: number): Promise<readonly Layout[]>;
  /** The kept papers of a layout, the newest first. */
  papers(layout: string): Promise<readonly KeptPaper[]>;
  /** Writes a teaching down; false, and nothing written, when the layout has changed since it was read. */
  learn(teaching: Teaching): Promise<boolean>;
  list(): Promise<readonly LayoutSummary[]>;
  /** All versions of all lessons of a layout, by field, the newest first; undefined when there is no such layout. */
  lessons(layout: string): Promise<readonly Lesson[] | undefined>;
  /** Takes the lesson in use out; the version in use before comes back, where there was one. False when none is in use. */
  revert(layout: string, field: string): Promise<boolean>;
}
