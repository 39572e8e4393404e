import type { Desk } from './desk.ts';
import { ReadError } from './errors.ts';
import type { Job } from './messages.ts';
import { openRaster } from './readDocument.ts';

/** A WebP picture of an upright page, on which the page's boxes can be drawn. */
export async function picture(job: Extract<Job, { kind: 'picture' }>, desk: Desk): Promise<Uint8Array> {
  desk.step('image');
  const raster = await openRaster(job.paper, desk);
  try {
    if (job.number > raster.pages) throw new ReadError('unsupported');
    return await raster.picture(job.number, job.width, job.rotation);
  } finally {
    await raster.close();
  }
}
