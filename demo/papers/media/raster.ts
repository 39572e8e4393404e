import { PDFiumLibrary, type PDFiumPage } from '@hyzyla/pdfium';
import { eachRow, type Picture } from './picture.ts';

/** PDF pages as pixels. One is enough for a batch; `close` gives its memory back. */
export interface Rasteriser {
  /** The pages of the document, each drawn when it is asked for: one has millions of pixels. */
  pages(pdf: Uint8Array, dpi: number, channels: 1 | 3): AsyncGenerator<Picture, void>;
  close(): void;
}

export async function openRasteriser(): Promise<Rasteriser> {
  const library = await PDFiumLibrary.init();
  return {
    async *pages(pdf, dpi, channels) {
      const document = await library.loadDocument(pdf);
      try {
        for (const page of document.pages()) yield await renderPage(page, dpi, channels);
      } finally {
        document.destroy();
      }
    },
    close: () => library.destroy(),
  };
}

async function renderPage(page: PDFiumPage, dpi: number, channels: 1 | 3): Promise<Picture> {
  const colorSpace = channels === 1 ? 'Gray' : 'BGRA';
  const { width, height, data } = await page.render({ scale: dpi / 72, colorSpace });
  return channels === 1 ? { width, height, channels, data } : withoutAlpha(width, height, data);
}

async function withoutAlpha(width: number, height: number, pixels: Uint8Array): Promise<Picture> {
  const data = new Uint8Array(width * height * 3);
  await eachRow(height, (y) => {
    let [from, to] = [y * width * 4, y * width * 3];
    for (let x = 0; x < width; x++, from += 4, to += 3) {
      data[to] = pixels[from]!;
      data[to + 1] = pixels[from + 1]!;
      data[to + 2] = pixels[from + 2]!;
    }
  });
  return { width, height, channels: 3, data };
}
