import { MONATE, MONTHS } from '../format.ts';
import type { Seeded } from '../seeded.ts';
import { frameBox, put, type Sheet, widthOf } from './sheet.ts';

export interface Marks {
  readonly stamp: boolean;
  readonly holes: boolean;
  readonly german: boolean;
  /** When the paper came in, ISO. */
  readonly received: string;
}

/** The traces of the post room: holes for the binder, a stamp and a pen where nothing is printed. */
export function drawHandling(sheet: Sheet, marks: Marks, chance: Seeded): void {
  const room = { top: sheet.ink + 24, bottom: sheet.bottom - 14 };
  if (marks.stamp && room.bottom - room.top > 76) drawStamp(sheet, marks, room, chance);
  if (marks.holes && sheet.left > 50) punch(sheet);
}

function drawStamp(sheet: Sheet, marks: Marks, room: { top: number; bottom: number }, chance: Seeded): void {
  const { doc } = sheet;
  const color = chance.pick(['#b3202c', '#27408b', '#4a2a7a']);
  const size = 11;
  const title = marks.german ? 'EINGEGANGEN' : 'RECEIVED';
  const ink = { size, bold: true, color, spacing: 1.5 };
  const width = widthOf(sheet, title, ink) + 24;
  const x = chance.between(sheet.left + 10, sheet.right - width - 30);
  const y = chance.between(room.top, Math.min(room.bottom - 62, room.top + 190));
  doc
    .save()
    .opacity(0.78)
    .rotate(chance.between(-6, 6), { origin: [x, y] });
  frameBox(sheet, x, y, width, 46, 1.8, color);
  put(sheet, title, x + 12, y + 7, ink);
  put(sheet, stampDate(marks), x + 12, y + 22, { size: 10, bold: true, color });
  scribble(sheet, x + width - 46, y + 32, chance);
  doc.restore();
}

function stampDate({ received, german }: Marks): string {
  const [year, month, day] = received.split('-') as [string, string, string];
  const name = (german ? MONATE : MONTHS)[Number(month) - 1]!.slice(0, 3);
  return german ? `${day}. ${name}. ${year}` : `${day} ${name.toUpperCase()} ${year}`;
}

/** Somebody's initials. */
function scribble(sheet: Sheet, x: number, y: number, chance: Seeded): void {
  const { doc } = sheet;
  doc
    .lineWidth(1.1)
    .strokeColor('#1b2f6b')
    .moveTo(x, y + 6);
  for (let i = 0; i < 4; i++) {
    const step = x + i * 11;
    doc.bezierCurveTo(
      step + 2,
      y - chance.between(8, 18),
      step + 8,
      y + chance.between(2, 14),
      step + 11,
      y - chance.between(-4, 6),
    );
  }
  doc.stroke();
}

/** Two holes, 80 mm apart about the middle of the edge. */
function punch(sheet: Sheet): void {
  for (const y of [sheet.height / 2 - 113, sheet.height / 2 + 113]) {
    sheet.doc.fillColor('#6f6f6f').circle(33, y, 8).fill();
    sheet.doc
      .fillColor('#3f3f3f')
      .circle(33.8, y + 0.8, 6.6)
      .fill();
  }
}
