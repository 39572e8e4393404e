import { DEFAULT_OCR, openOcr } from '../../extractors/readers/ocr.ts';
import { ocrEngineConformance } from './ocrEngine.ts';

ocrEngineConformance('tesseract.js', () => openOcr(DEFAULT_OCR));
