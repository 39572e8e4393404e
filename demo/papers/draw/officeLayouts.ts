import type { InvoiceView } from '../view.ts';
import { paymentLine } from './letterLayouts.ts';
import { drawLogo } from './logo.ts';
import {
  bankLines,
  buyerLines,
  carryOf,
  contactLines,
  drawFactCells,
  drawFactColumn,
  drawFacts,
  drawFooter,
  drawPageNumbers,
  drawSums,
  invoiceFacts,
  present,
  registerLines,
  sumRows,
  sumsHeight,
} from './parts.ts';
import { fillBox, frameBox, nextPage, put, putLines, putRight, roomFor, rule, type Sheet, setFrame } from './sheet.ts';
import { columnsOf, drawTable } from './table.ts';

/** White space, grey captions over values, hairlines, and the amount to pay large at the top. */
export function minimalInvoice(sheet: Sheet, view: InvoiceView): void {
  const { seller, house, words } = view;
  setFrame(sheet, () => {
    sheet.bottom = sheet.height - 84;
    put(sheet, paymentLine(view), sheet.left, sheet.height - 62, { size: 7.5, color: '#555555' });
    const imprint = [seller.name, seller.street, seller.city, ...registerLines(view)].join(' · ');
    put(sheet, imprint, sheet.left, sheet.height - 50, { size: 7.5, color: '#555555' });
  });
  drawLogo(sheet, house.logo, seller.name, sheet.left, 48, 26);
  put(sheet, seller.name, sheet.left + 36, 55, { size: 11, bold: true });
  put(sheet, words.title, sheet.left, 112, { size: 30, color: house.accent });
  putRight(sheet, words.amountDue, sheet.right, 112, { size: 8, color: '#777777' });
  putRight(sheet, view.amountDue ?? view.total, sheet.right, 124, { size: 20, bold: true });
  const [first, second] = [invoiceFacts(view).slice(0, 4), invoiceFacts(view).slice(4)];
  drawFactCells(sheet, first, sheet.left - 4, 172, sheet.right - sheet.left, false);
  if (second.length > 0)
    drawFactCells(sheet, second, sheet.left - 4, 206, ((sheet.right - sheet.left) * second.length) / 4, false);
  put(sheet, words.billTo, sheet.left, 250, { size: 7, color: '#777777' });
  putLines(sheet, buyerLines(view), sheet.left, 262, { size: 9.5 });
  const columns = columnsOf(words, ['description', 'quantity', 'unit', 'price', 'line']);
  let y = drawTable(sheet, view.lines, columns, 326, { head: 'open', rows: 'ruled', size: 8.8, pad: 6 }, carryOf(view));
  y = roomFor(sheet, y + 14, sumsHeight(view, 9.5) + 40);
  y = drawSums(sheet, view, y, { size: 9.5, width: 220 });
  put(sheet, view.terms, sheet.left, y + 14, { size: 8.5, color: '#444444', width: sheet.right - sheet.left });
  drawPageNumbers(sheet, view, sheet.right, 55);
}

/** A coloured band with white type, two panels below it, striped lines, sums on colour. */
export function bannerInvoice(sheet: Sheet, view: InvoiceView): void {
  const { seller, house, words } = view;
  setFrame(sheet, (page) => {
    fillBox(sheet, 0, 0, sheet.width, page === 1 ? 92 : 34, house.accent);
    drawFooter(sheet, [bankLines(view), registerLines(view), contactLines(view)], { size: 7 });
    if (page > 1)
      put(sheet, `${seller.name}   ${words.title} ${view.number ?? ''}`, sheet.left, 12, { color: '#ffffff' });
  });
  sheet.top = 56;
  drawLogo(sheet, house.logo, seller.name, sheet.left, 24, 44, '#ffffff');
  put(sheet, seller.name, sheet.left + 58, 28, { size: 15, bold: true, color: '#ffffff' });
  put(sheet, `${seller.street}, ${seller.city}`, sheet.left + 58, 50, { size: 8.5, color: '#ffffff' });
  putRight(sheet, words.title.toUpperCase(), sheet.right, 34, { size: 22, bold: true, color: '#ffffff' });
  const half = (sheet.right - sheet.left) / 2 - 10;
  fillBox(sheet, sheet.left, 112, half, 106, '#f3f4f6');
  fillBox(sheet, sheet.left + half + 20, 112, half, 106, '#f3f4f6');
  put(sheet, words.billTo, sheet.left + 10, 120, { size: 8.5, bold: true, color: house.accent });
  putLines(sheet, buyerLines(view), sheet.left + 10, 136, { size: 10 });
  drawFacts(sheet, invoiceFacts(view), sheet.left + half + 30, sheet.right - 10, 122, { size: 9 });
  const columns = columnsOf(words, ['article', 'description', 'quantity', 'price', ...rate(view), 'line']);
  let y = drawTable(sheet, view.lines, columns, 238, { head: 'filled', rows: 'zebra', size: 9, pad: 5 }, carryOf(view));
  y = roomFor(sheet, y + 16, sumsHeight(view, 9.5) + 60);
  y = drawSums(sheet, view, y, { size: 9.5, width: 230, strong: 'filled' });
  y = put(sheet, view.terms, sheet.left, y + 12, { width: sheet.right - sheet.left });
  if (view.taxNotice)
    put(sheet, view.taxNotice, sheet.left, y + 4, { size: 8, italic: true, width: sheet.right - sheet.left });
  drawPageNumbers(sheet, view, sheet.right, sheet.bottom + 2);
}

/** A printed form of the old kind: every statement in its cell, the sums in a row of cells at the foot. */
export function formInvoice(sheet: Sheet, view: InvoiceView): void {
  const { seller, house, words } = view;
  const width = sheet.right - sheet.left;
  setFrame(sheet, () => {
    drawLogo(sheet, house.logo, seller.name, sheet.left, 32, 30);
    put(sheet, seller.name, sheet.left + 40, 34, { size: 13, bold: true });
    put(sheet, `${seller.street}, ${seller.city}   ${contactLines(view)[0]}`, sheet.left + 40, 51, { size: 7.5 });
    put(sheet, registerLines(view).join('   '), sheet.left, sheet.height - 40, { size: 7.5 });
    put(sheet, paymentLine(view), sheet.left, sheet.height - 52, { size: 7.5 });
    sheet.bottom = sheet.height - 66;
  });
  sheet.top = 78;
  putRight(sheet, words.title.toUpperCase(), sheet.right, 36, { size: 17, bold: true });
  frameBox(sheet, sheet.left, 76, width * 0.5, 84, 0.8);
  put(sheet, words.billTo, sheet.left + 4, 80, { size: 6.8 });
  putLines(sheet, buyerLines(view), sheet.left + 12, 96, { size: 10 });
  const facts = invoiceFacts(view);
  const half = Math.ceil(facts.length / 2);
  [facts.slice(0, half), facts.slice(half)].forEach((side, column) => {
    side.forEach((fact, row) => {
      drawFactCells(
        sheet,
        [fact],
        sheet.left + width * (0.5 + column * 0.25),
        76 + row * (84 / half),
        width * 0.25,
        true,
        84 / half,
      );
    });
  });
  const columns = columnsOf(words, ['position', 'article', 'description', 'quantity', 'unit', 'price', 'line']);
  const y = drawTable(
    sheet,
    view.lines,
    columns,
    172,
    { head: 'tinted', rows: 'grid', size: 8.5, pad: 3, fillTo: sheet.bottom - 190 },
    carryOf(view),
  );
  const foot = roomFor(sheet, y, 84);
  const sums = sumRows(view).map((row) => [row.label, row.value] as const);
  const below = drawFactCells(sheet, sums, sheet.left, foot, width, true, 32);
  put(sheet, view.terms, sheet.left, below + 8, { size: 8, width });
  drawPageNumbers(sheet, view, sheet.right, 58);
}

/** Consumption billing: the sums and the amount to pay on a first page of their own, the lines on the next. */
export function utilityInvoice(sheet: Sheet, view: InvoiceView): void {
  const { seller, house, words } = view;
  const width = sheet.right - sheet.left;
  const german = seller.language === 'de';
  setFrame(sheet, (page) => {
    fillBox(sheet, 0, 0, sheet.width, 10, house.accent);
    drawLogo(sheet, house.logo, seller.name, sheet.left, 30, 34);
    put(sheet, seller.name, sheet.left + 44, 40, { size: 14, bold: true, color: house.accent });
    drawFooter(
      sheet,
      [[seller.name, seller.street, seller.city], contactLines(view), bankLines(view), registerLines(view)],
      { size: 6.4 },
    );
    if (page > 1) putRight(sheet, `${words.number} ${view.number ?? '-'}`, sheet.right, 44, { size: 8 });
  });
  putLines(sheet, buyerLines(view), sheet.left, 112, { size: 10.5 });
  drawFactColumn(sheet, invoiceFacts(view), 330, 446, 108, { size: 8.8 });
  put(sheet, german ? 'Ihre Abrechnung im Überblick' : 'Your bill at a glance', sheet.left, 232, {
    size: 15,
    bold: true,
    color: house.accent,
  });
  const rows = sumRows(view);
  const panel = rows.length * 18 + 18;
  fillBox(sheet, sheet.left, 260, width, panel, '#eef3f8');
  rows.forEach((row, i) => {
    const ink = { size: row.strong ? 11 : 10, bold: row.strong };
    if (row.strong) rule(sheet, sheet.left + 12, 266 + i * 18, sheet.right - 12, 0.6, house.accent);
    put(sheet, row.label, sheet.left + 14, 270 + i * 18, ink);
    putRight(sheet, row.value, sheet.right - 14, 270 + i * 18, ink);
  });
  let y = put(sheet, view.terms, sheet.left, 260 + panel + 18, { size: 10, width });
  const where = german
    ? 'Die einzelnen Positionen finden Sie auf der nächsten Seite.'
    : 'The details of your charges are on the next page.';
  put(sheet, where, sheet.left, y + 8, { size: 10, width });
  y = put(sheet, german ? 'Einzelnachweis' : 'Details of charges', sheet.left, nextPage(sheet), {
    size: 13,
    bold: true,
    color: house.accent,
  });
  const columns = columnsOf(words, ['description', 'quantity', 'unit', 'price', 'rate', 'line']);
  drawTable(sheet, view.lines, columns, y + 12, { head: 'tinted', rows: 'ruled', size: 9, pad: 5 }, carryOf(view));
  drawPageNumbers(sheet, view, sheet.right, 30);
}

/** A remittance slip to tear off at the foot repeats number and amount. */
export function slipInvoice(sheet: Sheet, view: InvoiceView): void {
  const { seller, house, words } = view;
  setFrame(sheet, () => {
    putRight(sheet, seller.name, sheet.right, 38, { size: 14, bold: true, color: house.accent });
    putLines(sheet, [seller.street, seller.city, ...contactLines(view).slice(0, 2)], sheet.right, 58, {
      size: 8,
      align: 'right',
    });
    put(sheet, registerLines(view).join('   '), sheet.left, sheet.height - 34, { size: 7 });
    sheet.bottom = sheet.height - 50;
  });
  sheet.top = 118;
  drawLogo(sheet, house.logo, seller.name, sheet.left, 36, 48);
  put(sheet, words.title, sheet.left, 112, { size: 18, bold: true });
  put(sheet, words.billTo, sheet.left, 144, { size: 8, bold: true });
  putLines(sheet, buyerLines(view), sheet.left, 157, { size: 9.5 });
  drawFacts(sheet, invoiceFacts(view), 350, sheet.right, 144, { size: 9 });
  const columns = columnsOf(words, ['quantity', 'description', 'article', 'price', 'line']);
  let y = drawTable(
    sheet,
    view.lines,
    columns,
    246,
    { head: 'tinted', rows: 'ruled', size: 8.8, pad: 4 },
    carryOf(view),
  );
  y = roomFor(sheet, y + 14, sumsHeight(view) + 150);
  y = drawSums(sheet, view, y, { strong: 'boxed' });
  put(sheet, view.terms, sheet.left, y + 8, { size: 8.5, width: sheet.right - sheet.left });
  drawSlip(sheet, view, sheet.bottom - 96);
  drawPageNumbers(sheet, view, sheet.right, 24);
}

function drawSlip(sheet: Sheet, view: InvoiceView, y: number): void {
  const { words } = view;
  sheet.doc.dash(4, { space: 3 });
  rule(sheet, sheet.left - 20, y, sheet.right + 20, 0.6, '#555555');
  sheet.doc.undash();
  put(sheet, 'REMITTANCE ADVICE', sheet.left, y + 10, { size: 10, bold: true });
  put(sheet, 'Please detach and return with your payment', sheet.left, y + 24, { size: 7.5, italic: true });
  putLines(sheet, [view.seller.name, ...bankLines(view)], sheet.left, y + 42, { size: 8 });
  const facts = present([
    [words.customer, view.customerNumber],
    [words.number, view.number],
    [words.amountDue, view.amountDue ?? view.total],
  ]);
  drawFacts(sheet, facts, 350, sheet.right, y + 14, { size: 9 });
}

/** The American form: Letter size, title at the right, a grid of boxes, order and terms in a band above the lines. */
export function classicInvoice(sheet: Sheet, view: InvoiceView): void {
  const { seller, house, words } = view;
  const width = sheet.right - sheet.left;
  setFrame(sheet, () => {
    drawLogo(sheet, house.logo, seller.name, sheet.left, 36, 36);
    put(sheet, seller.name, sheet.left + 46, 38, { size: 14, bold: true });
    putLines(sheet, [seller.street, seller.city, house.phone], sheet.left + 46, 56, { size: 8.5 });
    sheet.bottom = sheet.height - 58;
    put(sheet, `Remit to: ${bankLines(view).join(', ')}   ${registerLines(view)[0]}`, sheet.left, sheet.height - 46, {
      size: 7.5,
    });
  });
  sheet.top = 110;
  putRight(sheet, 'INVOICE', sheet.right, 34, { size: 26, bold: true, color: house.accent });
  const head = present([
    [words.date, view.date],
    [words.number, view.number],
  ]);
  drawFactCells(sheet, head, sheet.right - 84 * head.length, 66, 84 * head.length, true);
  [words.billTo, words.deliverTo].forEach((label, i) => {
    const x = sheet.left + i * (width / 2 + 8);
    fillBox(sheet, x, 122, width / 2 - 8, 15, '#e6e8ec');
    frameBox(sheet, x, 122, width / 2 - 8, 74, 0.6);
    put(sheet, label, x + 5, 125, { size: 8.5, bold: true });
    putLines(sheet, buyerLines(view), x + 5, 144, { size: 9.5 });
  });
  const band = present([
    [words.order, view.order],
    ['Terms', `Net ${seller.termsDays}`],
    [words.due, view.due],
    [words.delivered, view.deliveredOn],
    [words.customer, view.customerNumber],
  ]);
  let y = drawFactCells(sheet, band, sheet.left, 208, width, true, 30);
  const columns = columnsOf(words, ['quantity', 'article', 'description', 'unit', 'price', 'line']);
  y = drawTable(sheet, view.lines, columns, y + 12, { head: 'tinted', rows: 'grid', size: 9, pad: 4 }, carryOf(view));
  y = roomFor(sheet, y + 14, sumsHeight(view) + 40);
  put(sheet, 'Thank you for your business!', sheet.left, y + 4, { size: 10, italic: true });
  y = drawSums(sheet, view, y + 4, { strong: 'boxed', width: 190 });
  put(sheet, view.terms, sheet.left, y + 10, { size: 8, width });
  drawPageNumbers(sheet, view, sheet.right, 100);
}

/** A listing from an old machine: one face, dashes for lines, everything in columns of characters. */
export function matrixInvoice(sheet: Sheet, view: InvoiceView): void {
  const { seller, words } = view;
  const dashes = (y: number) => {
    sheet.doc.dash(4, { space: 2 });
    rule(sheet, sheet.left, y, sheet.right, 0.7);
    sheet.doc.undash();
  };
  setFrame(sheet, (page) => {
    put(sheet, seller.name.toUpperCase(), sheet.left, 36, { size: 11, bold: true });
    put(sheet, `${seller.street}  ${seller.city}`, sheet.left, 50, { size: 8 });
    put(sheet, contactLines(view).slice(0, 2).join('   '), sheet.left, 61, { size: 8 });
    dashes(76);
    if (page > 1)
      put(sheet, `${words.title.toUpperCase()} ${view.number ?? ''}`, sheet.left, 84, { size: 9, bold: true });
    dashes(sheet.height - 62);
    put(sheet, bankLines(view).join('   '), sheet.left, sheet.height - 54, { size: 7.5 });
    put(sheet, registerLines(view).join('   '), sheet.left, sheet.height - 43, { size: 7.5 });
    sheet.bottom = sheet.height - 74;
  });
  sheet.top = 104;
  put(sheet, spacedOut(words.title), sheet.left, 92, { size: 13, bold: true });
  putLines(sheet, buyerLines(view), sheet.left, 122, { size: 9.5 });
  drawFactColumn(sheet, invoiceFacts(view), 326, 460, 92, { size: 8.5 });
  dashes(196);
  const columns = columnsOf(words, [
    'position',
    'article',
    'description',
    'quantity',
    'unit',
    'price',
    'discount',
    'line',
  ]);
  let y = drawTable(sheet, view.lines, columns, 200, { head: 'open', rows: 'open', size: 8, pad: 2.5 }, carryOf(view));
  dashes(y + 6);
  y = roomFor(sheet, y + 16, sumsHeight(view) + 40);
  y = drawSums(sheet, view, y, { width: 260, size: 9, strong: 'doubled' });
  put(sheet, view.terms, sheet.left, y + 12, { size: 8.5, width: sheet.right - sheet.left });
  drawPageNumbers(sheet, view, sheet.right, 61);
}

function spacedOut(title: string): string {
  return title.toUpperCase().split('').join(' ');
}

function rate(view: InvoiceView): 'rate'[] {
  return view.taxes.length > 1 ? ['rate'] : [];
}
