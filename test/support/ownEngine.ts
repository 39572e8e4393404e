import type { OpenOcrEngine } from '#extractors';
import { openTesseractJs } from '../../extractors/readers/ocrTesseractJs.ts';

/** An engine of one's own, as REKEY_OCR names it: another name, and whatever reads behind it. */
const open: OpenOcrEngine = (languages) => ({ ...openTesseractJs(languages), id: 'own 1.0' });
export default open;
