export { isCreditNote, XML_READER } from './eInvoice/index.ts';
export { limitPassed, ReadError, type ReadErrorKind } from './errors.ts';
export { quarterTurn } from './geometry.ts';
export type { Doubt } from './layout.ts';
export { defaultLimits, type Limits } from './limits.ts';
export type { PageFrame } from './messages.ts';
export {
  checkOcr,
  type OcrChoice,
  type OcrEngine,
  type OcrManner,
  type OcrWord,
  type OpenOcrEngine,
} from './ocr.ts';
export { isEngineFailure } from './ocrFaults.ts';
export {
  openReaders,
  type PictureOptions,
  type Readers,
  type ReadersOptions,
  type ReadOptions,
  type ReadResult,
} from './openReaders.ts';
export type { Probe } from './readDocument.ts';
