import { afterAll, expect, it } from 'vitest';
import { silentLogger } from '#core';
import { isEngine } from '../../extractors/readers/ocr.ts';
import { engineOutside, lookFor } from '../../extractors/readers/outsideEngine.ts';
import { chosenOcr } from '../../ownCode.ts';
import { ocrEngineConformance } from './ocrEngine.ts';

const chosen = await chosenOcr({ ocr: 'test/support/ownEngine.ts', languages: ['eng'] });
if (!isEngine(chosen)) throw new Error('The file gives no engine.');
afterAll(() => chosen.close());

// As a reading process asks it: pictures and words travel, the engine stays.
ocrEngineConformance('an engine of one’s own, asked from a reading process', () =>
  engineOutside(chosen, async (look) => structuredClone(await lookFor(chosen, structuredClone(look), silentLogger))),
);

it('is refused where the file gives none', async () => {
  const choose = (ocr: string) => chosenOcr({ ocr, languages: ['eng'] });
  await expect(choose('test/support/nowhere.ts')).rejects.toMatchObject({ code: 'cannot-load', where: 'REKEY_OCR' });
  await expect(choose('core/index.ts')).rejects.toMatchObject({ code: 'no-engine', where: 'REKEY_OCR' });
});
