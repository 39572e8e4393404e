import { RekeyError, SystemException } from '#core';
import { ReadError } from './errors.ts';
import type { OcrEngine } from './ocr.ts';

/**
 * What is wrong with an engine that reads pictures, or with how it was set up. Never the paper's fault: such a reading is
 * not remembered, and is tried again.
 */
export function engineMissing(cause: unknown): SystemException {
  return new SystemException(
    'ocr-not-installed',
    'There is no tesseract command on this machine: install it (Debian: tesseract-ocr), or set REKEY_OCR=tesseract.js.',
    { cause },
  );
}

/** It is there, and does not say what it is or has: `option` is what it was asked. */
export function engineMute(option: string, cause: unknown): SystemException {
  const message = `The tesseract command gives no answer: run "tesseract ${option}" to see why, or set REKEY_OCR=tesseract.js.`;
  return new SystemException('ocr-failed', message, { cause });
}

/** `remedy` says how this engine gets the language: `install X`. */
export function languageMissing(language: string, remedy: string): SystemException {
  return new SystemException(
    'ocr-language-missing',
    `The OCR engine has no data for "${language}": ${remedy}, or take it out of REKEY_LANGUAGES.`,
  );
}

export function engineFailed(cause?: unknown): SystemException {
  return new SystemException('ocr-failed', 'The OCR engine failed at a picture of this paper.', { cause });
}

/** A fault as another process told it. */
export function faultSaid({ code, message }: { readonly code: string; readonly message: string }): SystemException {
  return new SystemException(code, message);
}

/** One page too many for the engine, or a bad moment: other papers may be read all the same. */
export function isEngineFailure(error: unknown): error is SystemException {
  return error instanceof SystemException && error.code === 'ocr-failed';
}

/** The engine, whose faults have names: whatever else it throws is `ocr-failed`. */
export function withNamedFaults(engine: OcrEngine): OcrEngine {
  return {
    get id() {
      return engine.id;
    },
    languages: engine.languages,
    read: (image, how) => engine.read(image, how).catch(rethrowNamed),
    orientation: (image) => engine.orientation(image).catch(rethrowNamed),
    close: () => engine.close(),
  };
}

function rethrowNamed(error: unknown): never {
  throw error instanceof ReadError || error instanceof RekeyError ? error : engineFailed(error);
}
