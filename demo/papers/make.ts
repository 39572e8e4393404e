import { setImmediate } from 'node:timers/promises';
import { drawHandling } from './draw/handling.ts';
import type { Sheet } from './draw/sheet.ts';
import { photographPage } from './media/photo.ts';
import { openRasteriser, type Rasteriser } from './media/raster.ts';
import { scanPdf } from './media/scan.ts';
import { type BatchOptions, type How, type PaperPlan, planBatch } from './plan.ts';
import type { DeliveryNoteTruth, InvoiceTruth } from './truth.ts';

export interface MadePaper {
  readonly name: string;
  readonly mime: string;
  readonly bytes: Uint8Array;
  readonly truth: InvoiceTruth | DeliveryNoteTruth;
  readonly how: How;
}

/** Makes the papers of a batch one after the other. The same seed makes the same bytes. */
export async function* makeBatch(options: BatchOptions): AsyncGenerator<MadePaper> {
  const raster = await openRasteriser();
  try {
    for (const plan of planBatch(options)) {
      const { name, mime, truth, how } = plan;
      yield { name, mime, bytes: await makeBytes(plan, raster), truth, how };
      await setImmediate();
    }
  } finally {
    raster.close();
  }
}

async function makeBytes(plan: PaperPlan, raster: Rasteriser): Promise<Uint8Array> {
  const { damage, language } = plan.how;
  if (damage === null) return plan.drawPdf();
  const marks = {
    german: language === 'de',
    received: plan.received,
    stamp: damage.kind === 'scan' && damage.stamp,
    holes: damage.kind === 'scan' && damage.holes,
  };
  const handled = await plan.drawPdf((sheet: Sheet) => drawHandling(sheet, marks, plan.chance.fork('handling')));
  const chance = plan.chance.fork('media');
  if (damage.kind === 'photo') return photographPage(handled, damage, chance, raster);
  return scanPdf(handled, damage, plan.made, chance, raster);
}
