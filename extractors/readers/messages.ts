import type { Box } from '#core';
import type { Beside } from './beside.ts';
import type { Paper } from './desk.ts';
import type { PassedLimit, ReadErrorKind } from './errors.ts';
import type { Rotation, Size } from './geometry.ts';
import type { Limits } from './limits.ts';
import type { OcrChoice } from './ocr.ts';
import type { Look, OutsideEngine, Seen } from './outsideEngine.ts';
import type { PackedReading } from './packedReading.ts';
import type { Probe } from './readDocument.ts';

/** A page as it was read: its size in the pixels of its boxes, and how its image was turned. */
export interface PageFrame extends Size {
  readonly number: number;
  readonly rotation: Rotation;
}

export interface SecondReading {
  readonly text: string;
  readonly confidence: number;
  readonly words?: readonly { readonly text: string; readonly confidence: number }[];
}

/** The jobs a reading process does; each gives back one value or fails. */
export type Job = { readonly paper: Paper } & (
  | { readonly kind: 'read'; readonly beside: Beside }
  | { readonly kind: 'probe' }
  | { readonly kind: 'picture'; readonly number: number; readonly width: number; readonly rotation: Rotation }
  | { readonly kind: 'reread'; readonly boxes: readonly Box[]; readonly pages: readonly PageFrame[] }
);

export interface Results {
  readonly read: PackedReading;
  readonly probe: Probe;
  readonly picture: Uint8Array;
  readonly reread: SecondReading[];
}

/** What a reading process is told when it is started. */
export type EngineOrder = OcrChoice | { readonly outside: OutsideEngine };

/** What was seen on a picture the process asked about; `look` is the number it gave the question. */
export interface Answer {
  readonly look: number;
  readonly seen: Seen;
}

export interface Order {
  readonly job: Job;
  readonly limits: Limits;
}

/**
 * What a reading process says. `step` comes before each piece of work, with the processor time and memory it may take;
 * `mostMs` is what is told where it takes more: its own bound, or that of all such steps together where less is left.
 */
export type News =
  | { readonly news: 'ready' }
  | { readonly news: 'step'; readonly ms: number; readonly mostMs: number; readonly megabytes: number }
  | { readonly news: 'done'; readonly value: Results[keyof Results]; readonly megabytes: number }
  /** A picture for an engine outside; an `Answer` of the same number follows. */
  | { readonly news: 'look'; readonly number: number; readonly look: Look }
  | { readonly news: 'failed'; readonly kind: ReadErrorKind; readonly limit?: PassedLimit }
  /** A fault of the engine or of its set-up, not of the paper. */
  | { readonly news: 'fault'; readonly code: string; readonly message: string };
