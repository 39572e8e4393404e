import type { PageReading } from './layout.ts';
import { LETTER } from './plainText.ts';

/** A letter of Courier is so many times as wide as the type is high. */
const COURIER_WIDTH = 0.6;
const DESCENT = 0.3;

/** The smallest PDF that shows pages' words in Courier where their boxes are, a pixel to the point. */
export function typeset(readings: readonly PageReading[]): Uint8Array {
  const font = '<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>';
  const kids = readings.map((_, index) => `${index * 2 + 3} 0 R`).join(' ');
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Count ${readings.length} /Kids [${kids}] /Resources << /Font << /F ${font} >> >> >>`,
    ...readings.flatMap((reading, index) => {
      const { width, height } = reading.page;
      const content = contentOf(reading);
      return [
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${width} ${height}] /Contents ${index * 2 + 4} 0 R >>`,
        `<< /Length ${content.length} >> stream\n${content}\nendstream`,
      ];
    }),
  ];
  // Without a table of offsets: the rasteriser finds the objects by looking.
  const body = objects.map((object, index) => `${index + 1} 0 obj ${object} endobj\n`).join('');
  const trailer = `trailer << /Root 1 0 R /Size ${objects.length + 1} >>\n%%EOF\n`;
  return Buffer.from(`%PDF-1.4\n${body}${trailer}`, 'latin1');
}

function contentOf({ page: { height, words } }: PageReading): string {
  const shown = words.map(({ x0, y1, text }) => {
    const hex = Buffer.from(text, 'latin1').toString('hex');
    return `1 0 0 1 ${x0} ${height - y1 + LETTER.height * DESCENT} Tm <${hex}> Tj`;
  });
  return `BT /F ${LETTER.width / COURIER_WIDTH} Tf ${shown.join(' ')} ET`;
}
