import { OPS, type PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';

type Operators = Awaited<ReturnType<PDFPageProxy['getOperatorList']>>;

const NEW_LINE: readonly number[] = [OPS.beginText, OPS.nextLine, OPS.nextLineShowText, OPS.setTextMatrix];

/** The text drawn inside each annotation, by its id: captions, ticks and list entries have no other place. */
export async function drawnFields(page: PDFPageProxy): Promise<Map<string, string>> {
  const { fnArray, argsArray }: Operators = await page.getOperatorList({ intent: 'display' });
  const drawn = new Map<string, string>();
  let inside: string | undefined;
  for (const [index, operator] of fnArray.entries()) {
    const args: unknown = argsArray[index];
    if (operator === OPS.beginAnnotation) inside = firstText(args);
    else if (operator === OPS.endAnnotation) inside = undefined;
    else if (inside !== undefined) drawn.set(inside, (drawn.get(inside) ?? '') + textOf(operator, args));
  }
  return drawn;
}

function textOf(operator: number, args: unknown): string {
  if (NEW_LINE.includes(operator)) return '\n';
  if (operator === OPS.moveText) return Array.isArray(args) && args[1] !== 0 ? '\n' : ' ';
  const isShown = operator === OPS.showText || operator === OPS.showSpacedText;
  return isShown && Array.isArray(args) && Array.isArray(args[0]) ? args[0].map(letterOf).join('') : '';
}

function letterOf(glyph: unknown): string {
  const hasText = typeof glyph === 'object' && glyph !== null && 'unicode' in glyph;
  return hasText && typeof glyph.unicode === 'string' ? glyph.unicode : '';
}

function firstText(args: unknown): string | undefined {
  return Array.isArray(args) && typeof args[0] === 'string' ? args[0] : undefined;
}
