import sharp from 'sharp';
import type { Box } from '#core';

export interface Printed {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly size?: number;
  readonly bold?: boolean;
  readonly grey?: boolean;
  /** The text ends at `x`. */
  readonly right?: boolean;
  /** Field whose value this is: its box is told. */
  readonly field?: string;
}

export interface DrawnPaper {
  readonly image: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly boxes: Readonly<Record<string, Box>>;
}

const WIDTH = 1240;
const HEIGHT = 1754;
/** Widths of signs in the fonts that stand in for Helvetica, in parts of the size: digits are the same everywhere. */
const DIGIT = 0.556;
const OTHER = 0.52;
const NARROW = 0.278;

/** A page as a scanner would give it, with the places of its values. */
export async function drawPaper(lines: readonly Printed[]): Promise<DrawnPaper> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}">
    <rect width="100%" height="100%" fill="#fdfdfb"/>
    <rect x="80" y="88" width="64" height="64" rx="8" fill="#3b5b7a"/><path d="M96 134 112 106l16 28z" fill="#fff"/>
    <path d="M80 700H1160M80 1180H1160" stroke="#777" stroke-width="1.5"/>
    ${lines.map(asText).join('\n')}
  </svg>`;
  const image = await sharp(Buffer.from(svg)).png({ palette: true }).toBuffer();
  const boxes = lines.flatMap((line) => (line.field === undefined ? [] : [[line.field, boxOf(line)] as const]));
  return { image, width: WIDTH, height: HEIGHT, boxes: Object.fromEntries(boxes) };
}

function asText({ text, x, y, size = 22, bold, grey, right }: Printed): string {
  const looks = `font-size="${size}" ${bold ? 'font-weight="bold"' : ''} fill="${grey ? '#666' : '#1a1a1a'}"`;
  const anchor = right ? 'text-anchor="end"' : '';
  return `<text x="${x}" y="${y}" ${looks} ${anchor} font-family="Liberation Sans, Helvetica, Arial, sans-serif">${escaped(text)}</text>`;
}

function boxOf({ text, x, y, size = 22, right }: Printed): Box {
  const ems = [...text].reduce(
    (sum, sign) => sum + (/\d/.test(sign) ? DIGIT : /[.,: il-]/.test(sign) ? NARROW : OTHER),
    0,
  );
  const width = Math.ceil(ems * size * 1.03);
  const x0 = right ? x - width : x;
  return { page: 1, x0, x1: x0 + width, y0: y - Math.round(size * 0.78), y1: y + Math.round(size * 0.2) };
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
