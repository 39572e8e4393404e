import { RekeyError } from '#core';
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

/** Outside: has the engine look, and puts what comes of it into words that travel. */
export async function lookFor(engine: OcrEngine, look: Look): Promise<Seen> {
  try {
    if (look.look === 'orientation') return { seen: 'orientation', ...(await engine.orientation(look.image)) };
    return { seen: 'words', lines: await engine.read(look.image, look.how) };
  } catch (error) {
    if (error instanceof ReadError) return { seen: 'refusal', kind: error.kind };
    const { code, message } = error instanceof RekeyError ? error : engineFailed(error);
    return { seen: 'fault', code, message };
  }
}
