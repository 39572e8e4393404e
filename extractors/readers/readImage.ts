import { type Desk, ocrPixels } from './desk.ts';
import { type Doubt, type PageReading, type PaperReading, unreadPage } from './layout.ts';
import { readByOcr } from './ocrPage.ts';
import { look, showsInk } from './pageLook.ts';
import type { Raster } from './raster.ts';

/** A picture, or each page of one that has several, as its pixels show it. */
export async function readImage(raster: Raster, desk: Desk): Promise<PaperReading> {
  const pages: PageReading[] = [];
  const doubts = new Set<Doubt>();
  for (let number = 1; number <= raster.pages; number++) {
    desk.step('image');
    if (desk.mayRecognise?.() === false) {
      pages.push(unreadPage({ number, ...(await raster.size(number)) }));
      doubts.add('attachment-unread');
      continue;
    }
    const image = await ocrPixels(raster, number);
    const reading = await readByOcr(desk.engine, image, await raster.size(number), number);
    const isEmpty = reading.page.words.length === 0;
    if (isEmpty && showsInk(await look(raster, reading.page))) doubts.add('ink-without-words');
    pages.push(reading);
  }
  return { pages, statements: [], doubts: [...doubts] };
}
