import type { Word } from '#core';
import { type Rectangle, type Rotation, turnRectangle } from './geometry.ts';
import type { PageReading } from './layout.ts';

/** What pixels add to a text layer must be at least so many words it was sure of, or it is a logo and a stain. */
const ENOUGH_WORDS = 5;
const SURE = 0.7;
const SAME_PLACE = 0.3;

/**
 * A page of which a part has a text layer and the rest pixels only: the layer's words, and where it has none those
 * that pixels show. The layer alone where pixels show nothing else of worth.
 */
export function mixedPage(typed: PageReading, scanned: PageReading): PageReading {
  const { page, text } = scanned;
  const layer = turnedTo(page.rotation, typed);
  const seen = linesOf(page.words, text).map((line) =>
    line.filter((word) => !layer.flat().some((own) => isSamePlace(own, word))),
  );
  if (seen.flat().filter(isSureWord).length < ENOUGH_WORDS) return typed;
  const lines = seen.filter((line) => line.length > 0);
  for (const line of layer) setLineInto(lines, line);
  const by = [typed.page.by, page.by].filter((one) => one !== undefined).join(', ');
  return {
    page: { ...page, ...(by !== '' && { by }), words: lines.flat() },
    text: textOf(lines),
  };
}

function turnedTo(rotation: Rotation, { page, text }: PageReading): Word[][] {
  const turn = ((rotation - page.rotation + 360) % 360) as Rotation;
  return linesOf(page.words, text).map((line) => line.map((word) => ({ ...word, ...turnRectangle(word, page, turn) })));
}

/** The words of a page as the lines of its text. */
export function linesOf(words: readonly Word[], text: string): Word[][] {
  let at = 0;
  return text.split('\n').map((line) => {
    const from = at;
    at += line === '' ? 0 : line.split(' ').length;
    return words.slice(from, at);
  });
}

/** Lines of words as text; lines without a word are left out. */
export function textOf(lines: readonly (readonly Word[])[]): string {
  return lines
    .filter((line) => line.length > 0)
    .map((line) => line.map((word) => word.text).join(' '))
    .join('\n');
}

function isSureWord({ text, confidence }: Word): boolean {
  return confidence >= SURE && /[\p{L}\p{N}]{2}/u.test(text);
}

function isSamePlace(a: Rectangle, b: Rectangle): boolean {
  const width = Math.min(a.x1, b.x1) - Math.max(a.x0, b.x0);
  const height = Math.min(a.y1, b.y1) - Math.max(a.y0, b.y0);
  const area = ({ x0, y0, x1, y1 }: Rectangle) => (x1 - x0) * (y1 - y0);
  return width > 0 && height > 0 && width * height > SAME_PLACE * Math.min(area(a), area(b));
}

/** Into the line at its height, or before the first that stands lower. */
function setLineInto(lines: Word[][], line: Word[]): void {
  const [first] = line;
  if (!first) return;
  const home = lines.findIndex((each) => each.some((word) => isLevel(word, first)));
  if (home >= 0) {
    lines[home] = [...(lines[home] ?? []), ...line].sort((a, b) => a.x0 - b.x0);
    return;
  }
  const below = lines.findIndex((each) => each.every((word) => word.y0 > middle(first)));
  lines.splice(below < 0 ? lines.length : below, 0, line);
}

function isLevel(a: Rectangle, b: Rectangle): boolean {
  return Math.abs(middle(a) - middle(b)) < 0.4 * Math.min(a.y1 - a.y0, b.y1 - b.y0);
}

function middle({ y0, y1 }: Rectangle): number {
  return (y0 + y1) / 2;
}
