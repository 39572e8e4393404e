/**
 * Draws scanned forms with their truth for `rekey eval`: of low resolution, noisy, with typed answers, ruled boxes and
 * boxes to tick. `node bench/forms.ts FOLDER [count]` writes FOLDER/forms; then `npx rekey eval FOLDER --set forms`.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import PDFDocument from 'pdfkit';
import sharp from 'sharp';
import { type Seeded, seeded } from '../demo/papers/seeded.ts';
import { type Grey, resize, throughSharp } from '../extractors/readers/grey.ts';
import { openPdfRaster } from '../extractors/readers/raster.ts';

const SIZE = { width: 612, height: 792 } as const;
const SCANNED_DPI = 200;
const PAPER = 255;

interface DrawnWord {
  readonly text: string;
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

/** A form on the way, and what stands on it. */
interface Sheet {
  readonly pdf: PDFKit.PDFDocument;
  readonly chance: Seeded;
  readonly printed: string;
  readonly typed: string;
  readonly words: DrawnWord[];
  readonly kv: [string, string][];
}

type Style = (sheet: Sheet) => void;

const STYLES: Readonly<Record<string, Style>> = { memo, boxes, ruledList, questionnaire };

async function main([folder, count = '8']: readonly string[]): Promise<void> {
  if (!folder) throw new Error('Say which folder the forms shall be written to.');
  const files = path.join(folder, 'forms', 'files');
  await mkdir(files, { recursive: true });
  const lines: string[] = [];
  for (let number = 0; number < Number(count); number++) {
    const names = Object.keys(STYLES);
    const style = names[number % names.length]!;
    const { bytes, words, kv } = await drawForm(STYLES[style]!, seeded(`form ${number}`));
    const file = `forms/files/${style}-${number}.png`;
    await writeFile(path.join(folder, file), bytes);
    const text = words.map((word) => word.text).join(' ');
    lines.push(JSON.stringify({ file, set: 'forms', subset: style, dayfirst: false, fields: {}, text, words, kv }));
  }
  await writeFile(path.join(folder, 'forms', 'manifest.jsonl'), `${lines.join('\n')}\n`);
}

async function drawForm(style: Style, chance: Seeded) {
  const pdf = new PDFDocument({ size: [SIZE.width, SIZE.height], margin: 0 });
  const printed = buffer(pdf);
  const sheet: Sheet = {
    pdf,
    chance,
    printed: chance.pick(['Helvetica', 'Times-Roman', 'Helvetica-Bold']),
    typed: chance.pick(['Courier', 'Courier', 'Courier-Bold', 'Helvetica-Oblique']),
    words: [],
    kv: [],
  };
  style(sheet);
  pdf.end();
  const raster = await openPdfRaster(await printed);
  const page = await raster.grey(1, SCANNED_DPI / 72, 20_000_000);
  await raster.close();
  const scan = await scanned(page, chance.fork('scan'));
  const scale = scan.width / SIZE.width;
  const words = sheet.words.map(({ text, x0, y0, x1, y1 }) => {
    return { text, x0: x0 * scale, y0: y0 * scale, x1: x1 * scale, y1: y1 * scale };
  });
  const { data, width, height } = scan;
  const png = sharp(data, { raw: { width, height, channels: 1 } }).png();
  return { bytes: await png.toBuffer(), words, kv: sheet.kv };
}

/** A copy of a copy in black and white, and that made small: strokes swell or break, with specks. */
async function scanned(page: Grey, chance: Seeded): Promise<Grey> {
  const soft = await throughSharp(page, (pipeline) => pipeline.blur(chance.between(0.6, 1.1)));
  const level = chance.between(110, 205);
  const grain = chance.between(20, 70);
  const specks = chance.between(0, 0.0006);
  const data = soft.data.map((value) => {
    const isInk = value + grain * (chance.next() + chance.next() - 1) < level;
    return isInk !== chance.next() < specks ? 0 : PAPER;
  });
  const wide = chance.int(740, 780);
  return resize({ ...page, data }, wide, Math.round((wide * SIZE.height) / SIZE.width));
}

/** Sets words on a line and notes where they stand; gives where the line ends. */
function write(sheet: Sheet, font: string, size: number, text: string, x: number, y: number): number {
  const { pdf, words } = sheet;
  pdf.font(font).fontSize(size);
  const space = pdf.widthOfString(' ');
  let left = x;
  for (const word of text.split(' ')) {
    const right = left + pdf.widthOfString(word);
    pdf.text(word, left, y, { lineBreak: false, baseline: 'alphabetic' });
    words.push({ text: word, x0: left, y0: y - 0.75 * size, x1: right, y1: y + 0.2 * size });
    left = right + space;
  }
  return left - space;
}

const LABELS = `Date|Name of applicant|Department|Telephone No.|Project number|Brand|Sample size|Approved by|Supplier|
Account number|Start date|Completion date|Job title|City|Reason for request|Report no.|Received by|Cost center|Contact person|
Fax number|Test method|Quantity|Unit price|Total cost|Subject|Region|Division|Material|Attention|Requested by`
  .replaceAll('\n', '')
  .split('|');

function answer(chance: Seeded): string {
  const name = () =>
    `${chance.pick(['J.', 'M. R.', 'Helen', 'Robert', 'A. K.'])} ${chance.pick(['Whitfield', 'Santos', 'Keller', 'Okafor', 'Brandt'])}`;
  const date = () => `${chance.int(1, 12)}/${chance.int(1, 28)}/${chance.int(78, 98)}`;
  const amount = () => `$${chance.int(1, 99)},${chance.digits(3)}.${chance.digits(2)}`;
  const code = () => `${chance.pick(['R', 'BX', 'K'])}-${chance.digits(4)}`;
  const phrase = () =>
    chance.pick([
      'Regional sales office',
      'Market research',
      'Not available',
      'Winston Salem',
      'See attached letter',
      'Quality control',
    ]);
  return chance.pick([name, date, amount, code, phrase])();
}

function title(sheet: Sheet, text: string): void {
  write(sheet, 'Helvetica-Bold', sheet.chance.int(12, 16), text, sheet.chance.int(60, 220), 60);
}

function paragraph(sheet: Sheet, y: number): void {
  const lines = [
    'Please complete all items above and return the original with two copies to the office',
    'named below. Requests that are not approved within ten days have to be submitted again.',
    'Charges are to be made to the account of the department that placed the order.',
  ];
  for (const [i, line] of lines.entries()) write(sheet, sheet.printed, 9, line, 60, y + 13 * i);
}

/** Captions with colons, answers typed behind them. */
function memo(sheet: Sheet): void {
  title(sheet, 'INTER OFFICE MEMORANDUM');
  for (const [i, label] of sheet.chance.shuffle(LABELS).slice(0, 14).entries()) {
    const [x, y] = [i % 2 === 0 ? 60 : 330, 110 + 30 * Math.floor(i / 2)];
    const end = write(sheet, sheet.printed, 10, `${label}:`, x, y);
    const said = answer(sheet.chance);
    write(sheet, sheet.typed, 10, said, Math.max(end + 8, x + 100), y);
    sheet.kv.push([`${label}:`, said]);
  }
  paragraph(sheet, 360);
}

/** A grid of ruled boxes, a small caption at the head of each, the answer typed below it. */
function boxes(sheet: Sheet): void {
  const { pdf, chance } = sheet;
  title(sheet, 'REQUEST FOR APPROPRIATION');
  const labels = chance.shuffle(LABELS);
  for (let row = 0; row < 7; row++) {
    const columns = chance.int(2, 4);
    const width = 492 / columns;
    for (let column = 0; column < columns; column++) {
      const [x, y] = [60 + width * column, 90 + 32 * row];
      pdf
        .lineWidth(chance.pick([0.6, 1]))
        .rect(x, y, width, 32)
        .stroke();
      const label = labels.pop() ?? 'Remarks';
      write(sheet, sheet.printed, 7, label, x + 4, y + 9);
      const said = answer(chance);
      write(sheet, sheet.typed, 10, said, x + 6, y + 25);
      sheet.kv.push([label, said]);
    }
  }
  paragraph(sheet, 340);
}

/** Rows of single boxes, caption and answer parted by an upright rule. */
function ruledList(sheet: Sheet): void {
  const { pdf, chance } = sheet;
  title(sheet, 'PRODUCT TEST REPORT');
  for (const [i, label] of chance.shuffle(LABELS).slice(0, 12).entries()) {
    const y = 90 + 24 * i;
    pdf.lineWidth(0.8).rect(60, y, 130, 17).stroke().rect(190, y, 280, 17).stroke();
    write(sheet, sheet.printed, 9, label, 64, y + 12);
    const said = answer(chance);
    write(sheet, sheet.typed, 10, said, 196, y + 12.5);
    sheet.kv.push([label, said]);
  }
  paragraph(sheet, 410);
}

/** Answers typed on ruled lines, questions with boxes to tick, heads in white on black. */
function questionnaire(sheet: Sheet): void {
  const { pdf, chance } = sheet;
  title(sheet, 'SALES REPRESENTATIVE QUESTIONNAIRE');
  const labels = chance.shuffle(LABELS);
  for (let part = 0; part < 3; part++) {
    const top = 90 + 130 * part;
    pdf.rect(60, top, 492, 15).fill('#000000').fillColor('#ffffff');
    write(sheet, 'Helvetica-Bold', 9, ['PART A GENERAL', 'PART B PRODUCT', 'PART C COMMENTS'][part]!, 66, top + 11);
    pdf.fillColor('#000000');
    for (let row = 0; row < 3; row++) {
      const y = top + 38 + 24 * row;
      const label = `${labels.pop()}:`;
      const end = write(sheet, sheet.printed, 9, label, 60, y);
      pdf
        .lineWidth(0.6)
        .moveTo(end + 6, y + 2)
        .lineTo(400, y + 2)
        .stroke();
      const said = answer(chance);
      write(sheet, sheet.typed, 10, said, end + 16, y);
      sheet.kv.push([label, said]);
    }
    const yes = chance.chance(0.5);
    const y = top + 110;
    const end = write(sheet, sheet.printed, 9, 'Accepted by the customer?', 60, y);
    for (const [i, option] of ['Yes', 'No'].entries()) {
      const x = end + 20 + 50 * i;
      pdf.rect(x, y - 8, 9, 9).stroke();
      if (yes === (option === 'Yes'))
        pdf
          .moveTo(x + 1, y - 7)
          .lineTo(x + 8, y)
          .moveTo(x + 8, y - 7)
          .lineTo(x + 1, y)
          .stroke();
      write(sheet, sheet.printed, 9, option, x + 13, y);
    }
    sheet.kv.push(['Accepted by the customer?', yes ? 'Yes' : 'No']);
  }
}

await main(process.argv.slice(2));
