import { expect, it } from 'vitest';
import { openOcr } from '../../extractors/readers/ocr.ts';
import { nativeIdentity } from '../../extractors/readers/ocrNative.ts';
import { ocrEngineConformance } from './ocrEngine.ts';

// The command is no part of the project: where a machine has none, choosing it must fail in words.
const found = await nativeIdentity().catch((error: unknown) => error);
if (typeof found === 'string') ocrEngineConformance(found, () => openOcr({ engine: 'native', languages: ['eng'] }));
else it('says that there is no tesseract command', () => expect(String(found)).toContain('tesseract'));
