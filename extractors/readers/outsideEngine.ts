import { z } from 'zod';
import { type Logger, RekeyError } from '#core';
import { ReadError, type ReadErrorKind } from './errors.ts';
import type { Rotation } from './geometry.ts';
import type { Grey } from './grey.ts';
import type { OcrEngine, OcrManner, OcrWord } from './ocr.ts';
import { engineFailed, faultSaid } from './ocrFaults.ts';

/**
 * An engine of one's own works in the program that opened the readers: it may need what a process that reads papers is
 * denied, such as a network. That process asks for each picture; what an engine is shown is pixels, never a paper.
 */
export interface OutsideEngine {
  readonly id: string;
  readonly languages: readonly string[];
}

/** What a reading process asks of an engine outside. */
export type Look =
  | { readonly look: 'read'; readonly image: Grey; readonly how: OcrManner }
  | { readonly look: 'orientation'; readonly image: Grey };

/** What it is answered. */
export type Seen =
  | { readonly seen: 'words'; readonly lines: OcrWord[][] }
  | { readonly seen: 'orientation'; readonly rotation: Rotation; readonly confidence: number }
  | { readonly seen: 'fault'; readonly code: string; readonly message: string }
  | { readonly seen: 'refusal'; readonly kind: ReadErrorKind };

/** In the reading process: an engine that has each picture looked at outside. */
export function engineOutside({ id, languages }: OutsideEngine, ask: (look: Look) => Promise<Seen>): OcrEngine {
  return {
    id,
    languages,
    async read(image, how) {
      const seen = await ask({ look: 'read', image, how });
      return seen.seen === 'words' ? seen.lines : refused(seen);
    },
    async orientation(image) {
      const seen = await ask({ look: 'orientation', image });
      return seen.seen === 'orientation' ? seen : refused(seen);
    },
    close: async () => {},
  };
}

function refused(seen: Seen): never {
  if (seen.seen === 'refusal') throw new ReadError(seen.kind);
  throw seen.seen === 'fault' ? faultSaid(seen) : engineFailed();
}

/**
 * Outside: has the engine look, and puts what comes of it into words that travel. What is no answer is the engine's
 * fault, never the paper's.
 */
export async function lookFor(engine: OcrEngine, look: Look, log: Logger): Promise<Seen> {
  try {
    if (look.look === 'orientation') {
      return { seen: 'orientation', ...Orientation.parse(await engine.orientation(look.image)) };
    }
    const lines = Lines.parse(await engine.read(look.image, look.how));
    return { seen: 'words', lines: lines.map((line) => line.flatMap(partedAtSpaces)) };
  } catch (error) {
    if (error instanceof ReadError) return { seen: 'refusal', kind: error.kind };
    log.warn({ error, engine: engine.id, ...(error instanceof z.ZodError && { amiss: placesOf(error) }) }, FAILED);
    const { code, message } = error instanceof RekeyError ? error : engineFailed(error);
    return { seen: 'fault', code, message };
  }
}

const FAILED = 'the engine of REKEY_OCR failed at a picture';

/** Numbers are finite; whatever else an engine adds to its words stays outside. */
const Lines = z.array(
  z.array(
    z.object({
      text: z.string(),
      confidence: z.number().min(0).max(1),
      x0: z.number(),
      y0: z.number(),
      x1: z.number(),
      y1: z.number(),
    }),
  ),
);
const Orientation = z.object({ rotation: z.literal([0, 90, 180, 270]), confidence: z.number() });

/** Where an answer is not what it should be, such as `0.3.confidence`: never what it says there. */
function placesOf({ issues }: z.ZodError): string[] {
  return issues.slice(0, MOST_PLACES).map(({ path }) => path.join('.') || 'the whole');
}

const MOST_PLACES = 3;

/** Services give phrases: their words share the phrase's box by letters. */
function partedAtSpaces(phrase: OcrWord): OcrWord[] {
  const { text, x0, x1 } = phrase;
  const letter = (x1 - x0) / Math.max(1, text.length);
  return Array.from(text.matchAll(/\S+/gu), ({ 0: word, index }) => ({
    ...phrase,
    text: word,
    x0: x0 + index * letter,
    x1: x0 + (index + word.length) * letter,
  }));
}
