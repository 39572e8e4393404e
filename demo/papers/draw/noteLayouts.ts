import type { NoteView } from '../view.ts';
import { drawWindow } from './letterLayouts.ts';
import { drawLogo } from './logo.ts';
import {
  buyerLines,
  contactLines,
  drawFactCells,
  drawFactColumn,
  drawFacts,
  drawFooter,
  drawPageNumbers,
  type Fact,
  sellerLine,
} from './parts.ts';
import { fillBox, frameBox, put, putLines, putRight, roomFor, rule, type Sheet, setFrame, widthOf } from './sheet.ts';
import { columnsOf, drawTable } from './table.ts';

function noteFacts(view: NoteView): Fact[] {
  const { words } = view;
  return [
    [words.noteNumber, view.number],
    [words.noteDate, view.date],
    [words.order, view.order],
    [words.customer, view.customerNumber],
  ];
}

function quantityFacts(view: NoteView): Fact[] {
  return [
    [view.words.parcels, view.parcels],
    [view.words.totalQuantity, view.totalQuantity],
  ];
}

/** The usual letter with an address window, quantities only. */
export function windowNote(sheet: Sheet, view: NoteView): void {
  const { seller, house, words } = view;
  setFrame(sheet, () => drawFooter(sheet, [[seller.name], [seller.street, seller.city], contactLines(view)]));
  drawLogo(sheet, house.logo, seller.name, sheet.right - 44, 40, 44);
  putRight(sheet, seller.name, sheet.right - 54, 52, { size: 13, bold: true, color: house.accent });
  drawWindow(sheet, view, 132);
  drawFacts(sheet, [...noteFacts(view), ...quantityFacts(view)], 352, sheet.right, 146);
  put(sheet, words.note, sheet.left, 262, { size: 15, bold: true });
  const columns = columnsOf(words, ['position', 'article', 'description', 'quantity', 'unit']);
  const y = drawTable(sheet, view.lines, columns, 292, { head: 'ruled', rows: 'ruled', size: 9, pad: 4.5 });
  drawSignature(sheet, view, roomFor(sheet, y + 30, 70));
  drawPageNumbers(sheet, view, sheet.right, 110);
}

/** A form of cells, as a warehouse prints it. */
export function formNote(sheet: Sheet, view: NoteView): void {
  const { seller, house, words } = view;
  const width = sheet.right - sheet.left;
  setFrame(sheet, () => {
    drawLogo(sheet, house.logo, seller.name, sheet.left, 34, 32);
    put(sheet, seller.name, sheet.left + 42, 36, { size: 13, bold: true });
    put(sheet, `${seller.street}, ${seller.city}`, sheet.left + 42, 53, { size: 8 });
    sheet.bottom = sheet.height - 50;
  });
  putRight(sheet, words.note.toUpperCase(), sheet.right, 38, { size: 16, bold: true });
  frameBox(sheet, sheet.left, 84, width, 66);
  put(sheet, words.deliverTo, sheet.left + 4, 88, { size: 6.8 });
  putLines(sheet, buyerLines(view), sheet.left + 10, 102, { size: 10 });
  let y = drawFactCells(sheet, noteFacts(view), sheet.left, 150, width, true);
  const columns = columnsOf(words, ['position', 'article', 'description', 'unit', 'quantity']);
  y = drawTable(sheet, view.lines, columns, y + 12, { head: 'tinted', rows: 'grid', size: 9, pad: 4 });
  y = roomFor(sheet, y + 12, 120);
  y = drawFactCells(sheet, quantityFacts(view), sheet.left + width / 2, y, width / 2, true);
  drawSignature(sheet, view, y + 26);
  drawPageNumbers(sheet, view, sheet.right, 66);
}

/** An old machine's listing. */
export function matrixNote(sheet: Sheet, view: NoteView): void {
  const { seller, words } = view;
  setFrame(sheet, () => {
    put(sheet, seller.name.toUpperCase(), sheet.left, 40, { size: 11, bold: true });
    put(sheet, sellerLine(view).split(' · ').slice(1).join('  '), sheet.left, 54, { size: 8 });
    sheet.bottom = sheet.height - 60;
  });
  put(sheet, words.note.toUpperCase(), sheet.left, 92, { size: 13, bold: true });
  putLines(sheet, buyerLines(view), sheet.left, 122, { size: 9.5 });
  drawFactColumn(sheet, noteFacts(view), 310, 450, 94, { size: 8.5 });
  const columns = columnsOf(words, ['position', 'article', 'description', 'unit', 'quantity']);
  let y = drawTable(sheet, view.lines, columns, 196, { head: 'doubled', rows: 'open', size: 8.5, pad: 3 });
  rule(sheet, sheet.left, y + 4, sheet.right, 0.8);
  y = roomFor(sheet, y + 14, 110);
  y = drawFactColumn(sheet, quantityFacts(view), sheet.left, sheet.left + 150, y, { size: 9.5 });
  drawSignature(sheet, view, y + 26);
  drawPageNumbers(sheet, view, sheet.right, 54);
}

/** Colour at the edge, captions over values, boxes to tick while unpacking. */
export function modernNote(sheet: Sheet, view: NoteView): void {
  const { seller, house, words } = view;
  setFrame(sheet, () => {
    fillBox(sheet, 0, 0, 14, sheet.height, house.accent);
    drawFooter(sheet, [[sellerLine(view)], contactLines(view).slice(0, 2)]);
  });
  drawLogo(sheet, house.logo, seller.name, sheet.left, 44, 30);
  put(sheet, seller.name, sheet.left + 40, 53, { size: 11, bold: true });
  put(sheet, words.note, sheet.left, 100, { size: 24, color: house.accent });
  put(sheet, words.deliverTo, sheet.left, 146, { size: 7, color: '#777777' });
  putLines(sheet, buyerLines(view), sheet.left, 158, { size: 9.5 });
  drawFactCells(sheet, noteFacts(view), sheet.left - 4, 212, sheet.right - sheet.left, false);
  drawFactCells(sheet, quantityFacts(view), sheet.left - 4, 246, (sheet.right - sheet.left) / 2, false);
  const tick = { head: '', share: 0.05, align: 'left', of: () => '' } as const;
  const columns = [tick, ...columnsOf(words, ['quantity', 'unit', 'description', 'article'])];
  const y = drawTable(sheet, view.lines, columns, 292, { head: 'filled', rows: 'ruled', size: 9, pad: 5 });
  drawSignature(sheet, view, roomFor(sheet, y + 26, 60));
  drawPageNumbers(sheet, view, sheet.right, 53);
}

/** All in the middle, the head a sentence. */
export function centredNote(sheet: Sheet, view: NoteView): void {
  const { seller, house, words } = view;
  const middle = (text: string, y: number, ink: Parameters<typeof put>[4]) =>
    put(sheet, text, sheet.width / 2 - widthOf(sheet, text, ink) / 2, y, ink);
  setFrame(sheet, () => drawFooter(sheet, [[sellerLine(view)], contactLines(view).slice(0, 2)]));
  drawLogo(sheet, house.logo, seller.name, sheet.width / 2 - 16, 32, 32);
  middle(seller.name, 72, { size: 18, color: house.accent });
  rule(sheet, sheet.left, 104, sheet.right, 0.8, house.accent);
  putLines(sheet, buyerLines(view), sheet.left, 126, { size: 10.5 });
  middle(words.note, 196, { size: 16, bold: true });
  const facts = [...noteFacts(view), ...quantityFacts(view)];
  drawFactColumn(sheet, facts.slice(0, 3), sheet.left, sheet.left + 110, 226, { size: 9.5 });
  drawFactColumn(sheet, facts.slice(3), sheet.left + 260, sheet.left + 370, 226, { size: 9.5 });
  const columns = columnsOf(words, ['quantity', 'unit', 'description']);
  let y = drawTable(sheet, view.lines, columns, 288, { head: 'doubled', rows: 'dotted', size: 10, pad: 4 });
  y = roomFor(sheet, y + 18, 90);
  const thanks =
    seller.language === 'de' ? 'Bitte prüfen Sie die Ware bei Erhalt.' : 'Please check the goods on receipt.';
  drawSignature(sheet, view, put(sheet, thanks, sheet.left, y, { size: 9.5, italic: true }) + 24);
  drawPageNumbers(sheet, view, sheet.right, 40);
}

function drawSignature(sheet: Sheet, view: NoteView, y: number): void {
  const german = view.seller.language === 'de';
  rule(sheet, sheet.left, y + 28, sheet.left + 170, 0.5);
  put(sheet, german ? 'Ort, Datum' : 'Date', sheet.left, y + 31, { size: 7 });
  rule(sheet, sheet.right - 200, y + 28, sheet.right, 0.5);
  put(
    sheet,
    german ? 'Ware vollständig erhalten (Unterschrift)' : 'Goods received in good order (signature)',
    sheet.right - 200,
    y + 31,
    { size: 7 },
  );
}
