import { BusinessException } from '#core';
import { ReadError, type ReadErrorKind, type Readers, readItself } from '#extractors';
import type { PaperReader } from './run.ts';

/**
 * Papers through the readers, without the files attached to them; what the readers refuse is a person's business, by the
 * kind of refusal.
 */
export function paperReader(readers: Readers): PaperReader {
  return {
    read: async (bytes, _, signal) => (await readItself(readers, bytes, { signal }).catch(refuse)).itself,
    reread: (bytes, pages, boxes) => readers.reread(bytes, boxes, pages).catch(refuse),
  };
}

function refuse(error: unknown): never {
  const refused = refusal(error);
  throw refused ? new BusinessException(refused.code, refused.message, { cause: error }) : error;
}

/** What to do about a paper that passed a limit. */
const REMEDIES: Readonly<Record<NonNullable<ReadError['limit']>['of'], string>> = {
  pages: 'Split it, or raise that setting.',
  bytes: 'Split it, or scan it at a lower resolution.',
  pixels: 'Scan it at a lower resolution.',
  megabytes: 'Split it, or scan it at a lower resolution.',
  seconds: 'Print and scan it again, or key it by hand.',
};

const WORDS: Readonly<Record<ReadErrorKind, string>> = {
  password: 'The paper is locked with a password; ask the sender for one without.',
  corrupt: 'The file is damaged beyond reading; ask the sender for it again.',
  unsupported:
    "This is no paper that can be read here: send PDF, JPEG, PNG, TIFF, WebP, a mail, HTML, an e-invoice's XML or plain text.",
  timeout: 'Reading the paper took too long; print and scan it again, or key it by hand.',
  'too-large': 'The paper has too many pages or pixels; split it, or scan it at a lower resolution.',
};

/** Why a paper is refused, for a person; undefined when the error is none of the paper's. */
export function refusal(error: unknown): { readonly code: string; readonly message: string } | undefined {
  if (!(error instanceof ReadError)) return undefined;
  const { kind, limit, message } = error;
  return { code: `unreadable-${kind}`, message: limit ? `${message} ${REMEDIES[limit.of]}` : WORDS[kind] };
}
