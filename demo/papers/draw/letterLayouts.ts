import type { InvoiceView, View } from '../view.ts';
import { drawLogo } from './logo.ts';
import {
  bankLines,
  bicOf,
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
  sellerLine,
  sumsHeight,
} from './parts.ts';
import { fillBox, put, putLines, putRight, roomFor, rule, type Sheet, setFrame, upright, widthOf } from './sheet.ts';
import { columnsOf, drawTable } from './table.ts';

/** Address window, information block on the right, ruled table, bank data in three columns: the usual German letter. */
export function windowInvoice(sheet: Sheet, view: InvoiceView): void {
  const { seller, house, words } = view;
  setFrame(sheet, (page) => {
    drawFooter(sheet, [[seller.name, seller.street, seller.city], bankLines(view), registerLines(view)]);
    if (page > 1) put(sheet, `${words.title} ${view.number ?? ''}`, sheet.left, 50, { size: 8, color: '#555555' });
  });
  drawLogo(sheet, house.logo, seller.name, sheet.right - 44, 40, 44);
  putRight(sheet, seller.name, sheet.right - 54, 48, { size: 13, bold: true, color: house.accent });
  putRight(sheet, contactLines(view).slice(0, 2).join('  ·  '), sheet.right - 54, 68, { size: 7.5, color: '#555555' });
  drawWindow(sheet, view, 132);
  drawFacts(sheet, invoiceFacts(view), 352, sheet.right, 146, { size: 9 });
  let y = put(sheet, view.number ? `${words.title} ${view.number}` : words.title, sheet.left, 270, {
    size: 13,
    bold: true,
  });
  y = put(sheet, salutation(view), sheet.left, y + 12, { width: sheet.right - sheet.left });
  const columns = columnsOf(words, ['position', 'article', 'description', 'quantity', 'unit', 'price', 'line']);
  y = drawTable(sheet, view.lines, columns, y + 12, { head: 'ruled', rows: 'ruled', size: 8.5, pad: 4 }, carryOf(view));
  y = roomFor(sheet, y + 12, sumsHeight(view) + 40);
  y = drawSums(sheet, view, y, { strong: 'ruled' });
  put(sheet, view.terms, sheet.left, y + 14, { width: sheet.right - sheet.left });
  drawPageNumbers(sheet, view, sheet.right, 50);
}

/** A craftsman's letter: logo in the middle, everything said in sentences. */
export function letterInvoice(sheet: Sheet, view: InvoiceView): void {
  const { seller, house, words } = view;
  const middle = sheet.width / 2;
  setFrame(sheet, () =>
    drawFooter(sheet, [[...bankLines(view).slice(0, 3)], registerLines(view), contactLines(view)], { size: 7.2 }),
  );
  drawLogo(sheet, house.logo, seller.name, middle - 22, 34, 44);
  const name = { size: 16, bold: true, color: house.accent };
  put(sheet, seller.name, middle - widthOf(sheet, seller.name, name) / 2, 86, name);
  const where = `${seller.street}, ${seller.city}`;
  put(sheet, where, middle - widthOf(sheet, where, { size: 9 }) / 2, 108, { size: 9 });
  rule(sheet, sheet.left, 126, sheet.right, 1.5, house.accent);
  putLines(sheet, buyerLines(view), sheet.left, 150, { size: 10.5 });
  putRight(sheet, `${seller.city.replace(/^\d+ /, '')}, ${view.date}`, sheet.right, 226, { size: 10 });
  let y = put(sheet, view.number ? `${words.number} ${view.number}` : words.title, sheet.left, 252, {
    size: 13,
    bold: true,
  });
  const references = [`${words.customer} ${view.customerNumber}`, view.order ? `${words.order} ${view.order}` : ''];
  y = put(sheet, references.filter(Boolean).join(', '), sheet.left, y + 4, { size: 9.5 });
  y = put(sheet, salutation(view), sheet.left, y + 14, { size: 10, width: sheet.right - sheet.left });
  const columns = columnsOf(words, ['position', 'description', 'quantity', 'unit', 'price', 'line']);
  y = drawTable(sheet, view.lines, columns, y + 14, { head: 'ruled', rows: 'open', size: 9.5, pad: 4 }, carryOf(view));
  rule(sheet, sheet.left, y + 4, sheet.right, 0.6);
  y = roomFor(sheet, y + 14, sumsHeight(view, 10) + 110);
  y = drawSums(sheet, view, y, { size: 10, width: 260, strong: 'doubled' });
  y = put(sheet, view.terms, sheet.left, y + 14, { size: 10, width: sheet.right - sheet.left });
  const closing = 'Wir danken für Ihren Auftrag und verbleiben\nmit freundlichen Grüßen';
  y = put(sheet, closing, sheet.left, y + 12, { size: 10, width: 320 });
  put(sheet, seller.name, sheet.left, y + 22, { size: 10, italic: true });
  drawPageNumbers(sheet, view, sheet.right, sheet.bottom + 2);
}

/** All in the middle, between double rules, without lines in the table; the head is one running sentence. */
export function centredInvoice(sheet: Sheet, view: InvoiceView): void {
  const { seller, house, words } = view;
  const middle = (text: string, y: number, ink: Parameters<typeof put>[4]) =>
    put(sheet, text, sheet.width / 2 - widthOf(sheet, text, ink) / 2, y, ink);
  setFrame(sheet, () => {
    const foot = sheet.height - 62;
    rule(sheet, sheet.left, foot, sheet.right, 0.4, house.accent);
    const lines = [[sellerLine(view), contactLines(view)[0]], bankLines(view), registerLines(view)];
    lines.forEach((line, i) => {
      middle(line.join(' · '), foot + 7 + i * 11, { size: 7.5, color: '#333333' });
    });
    sheet.bottom = foot - 14;
  });
  drawLogo(sheet, house.logo, seller.name, sheet.width / 2 - 16, 30, 32);
  middle(seller.name, 70, { size: 20, color: house.accent, spacing: 0.6 });
  middle(`${seller.street} · ${seller.city} · ${house.phone}`, 95, { size: 9, italic: true });
  rule(sheet, sheet.left, 112, sheet.right, 1.2, house.accent);
  rule(sheet, sheet.left, 115, sheet.right, 0.4, house.accent);
  putLines(sheet, buyerLines(view), sheet.left, 140, { size: 10.5 });
  middle(words.title, 212, { size: 16, bold: true });
  let y = put(sheet, runningHead(view), sheet.left, 242, { size: 10, width: sheet.right - sheet.left });
  const columns = columnsOf(words, ['quantity', 'unit', 'description', ...rateWhenMixed(view), 'price', 'line']);
  y = drawTable(
    sheet,
    view.lines,
    columns,
    y + 14,
    { head: 'doubled', rows: 'open', size: 9.5, pad: 3.5 },
    carryOf(view),
  );
  y = roomFor(sheet, y + 14, sumsHeight(view, 10) + 44);
  y = drawSums(sheet, view, y, { size: 10, width: 230, strong: 'doubled' });
  y = put(sheet, view.terms, sheet.left, y + 16, { size: 9.5, italic: true, width: sheet.right - sheet.left });
  if (view.taxNotice) put(sheet, view.taxNotice, sheet.left, y + 6, { size: 8.5, width: sheet.right - sheet.left });
  drawPageNumbers(sheet, view, sheet.right, 40);
}

/** A strip of captioned cells across the page, a full grid, and the sums side by side in one row. */
export function stripInvoice(sheet: Sheet, view: InvoiceView): void {
  const { seller, house, words } = view;
  setFrame(sheet, (page) => {
    drawLogo(sheet, house.logo, seller.name, sheet.left, 34, 34);
    put(sheet, seller.name, sheet.left + 44, 38, { size: 12, bold: true });
    put(sheet, `${seller.street}, ${seller.city}`, sheet.left + 44, 54, { size: 8 });
    fillBox(sheet, sheet.left, 76, sheet.right - sheet.left, 2.5, house.accent);
    drawFooter(sheet, [contactLines(view), bankLines(view), registerLines(view)], { size: 7 });
    if (page > 1) put(sheet, `${words.title} ${view.number ?? ''}`, sheet.left, 84, { size: 8, bold: true });
  });
  sheet.top = 100;
  putRight(sheet, words.title.toUpperCase(), sheet.right, 40, { size: 20, bold: true, color: house.accent });
  put(sheet, sellerLine(view), sheet.left, 112, { size: 6.5, color: '#555555' });
  putLines(sheet, buyerLines(view), sheet.left, 126, { size: 10 });
  const facts = invoiceFacts(view).sort((a, b) => Number(b[0] === words.customer) - Number(a[0] === words.customer));
  let y = drawFactCells(sheet, facts, sheet.left, 200, sheet.right - sheet.left, true);
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
  y = drawTable(sheet, view.lines, columns, y + 14, { head: 'tinted', rows: 'grid', size: 8, pad: 3.5 }, carryOf(view));
  y = roomFor(sheet, y + 16, 110);
  const sums = present([
    [words.net, view.net],
    ...view.taxes.map((part) => [`${words.tax} ${part.rate}`, part.tax] as const),
    [words.taxTotal, view.taxes.length > 1 ? view.tax : null],
    [words.total, view.total],
    [words.deposit, view.deposit],
    [words.amountDue, view.amountDue],
  ]);
  y = drawFactCells(sheet, sums, sheet.left, y, sheet.right - sheet.left, true, 34);
  put(sheet, view.terms, sheet.left, y + 12, { size: 8.5, width: sheet.right - sheet.left });
  drawPageNumbers(sheet, view, sheet.right, 64);
}

/** Goods at several rates: a table of the taxes beside the sums, bank data boxed below. */
export function taxSummaryInvoice(sheet: Sheet, view: InvoiceView): void {
  const { seller, house, words } = view;
  setFrame(sheet, () => drawFooter(sheet, [[sellerLine(view)], contactLines(view).slice(0, 2)], { size: 7 }));
  drawLogo(sheet, house.logo, seller.name, sheet.left, 40, 40);
  put(sheet, seller.name, sheet.left + 50, 44, { size: 15, bold: true, color: house.accent });
  put(sheet, `${seller.street} · ${seller.city}`, sheet.left + 50, 64, { size: 8.5 });
  rule(sheet, sheet.left, 94, sheet.right, 0.8, house.accent);
  put(sheet, `${words.billTo}:`, sheet.left, 112, { size: 8, italic: true });
  putLines(sheet, buyerLines(view), sheet.left, 126, { size: 10 });
  put(sheet, words.title, 330, 108, { size: 15, bold: true });
  const facts = drawFactColumn(sheet, invoiceFacts(view), 330, 438, 132, { size: 9 });
  const columns = columnsOf(words, ['article', 'description', 'quantity', 'unit', 'price', 'rate', 'line']);
  const top = Math.max(facts, 190) + 18;
  let y = drawTable(
    sheet,
    view.lines,
    columns,
    top,
    { head: 'filled', rows: 'dotted', size: 8.8, pad: 3.5 },
    carryOf(view),
  );
  y = roomFor(sheet, y + 16, Math.max(sumsHeight(view), 70) + 80);
  drawTaxTable(sheet, view, y);
  y = Math.max(drawSums(sheet, view, y, { strong: 'boxed', width: 220 }), y + 30 + view.taxes.length * 14) + 18;
  y = put(sheet, view.terms, sheet.left, y, { width: sheet.right - sheet.left });
  put(sheet, [...bankLines(view), registerLines(view)[0]].join('   '), sheet.left, y + 6, {
    size: 8.5,
    width: sheet.right - sheet.left,
  });
  drawPageNumbers(sheet, view, sheet.right, 30);
}

/** The whole head and foot of a seller in a coloured rail at the left. */
export function railInvoice(sheet: Sheet, view: InvoiceView): void {
  const { seller, house, words } = view;
  const rail = 148;
  setFrame(sheet, () => {
    fillBox(sheet, 0, 0, rail, sheet.height, house.accent);
    drawLogo(sheet, house.logo, seller.name, 24, 36, 46, '#ffffff');
    const white = { size: 8, color: '#ffffff' };
    let y = put(sheet, seller.name, 24, 96, { ...white, size: 12, bold: true, width: rail - 40 });
    y = putLines(sheet, [seller.street, ...splitCity(seller.city)], 24, y + 10, white);
    y = putLines(sheet, contactLines(view), 24, y + 12, { ...white, size: 7 });
    for (const line of [...bankLines(view), ...registerLines(view)].flatMap(ibanBelowItsLabel)) {
      y = put(sheet, line, 24, y + 6, { ...white, size: 7.2, width: rail - 36 });
    }
    sheet.left = rail + 28;
    sheet.right = sheet.width - 36;
    sheet.top = 60;
    sheet.bottom = sheet.height - 50;
  });
  put(sheet, words.title, sheet.left, 44, { size: 24, color: house.accent });
  putLines(sheet, buyerLines(view), sheet.left, 92, { size: 10 });
  invoiceFacts(view).forEach(([label, value], i) => {
    const x = sheet.left + (i % 3) * 126;
    const y = 162 + Math.floor(i / 3) * 34;
    put(sheet, label, x, y, { size: 7.2, color: '#777777' });
    put(sheet, value, x, y + 11, { size: 10, bold: true });
  });
  const columns = columnsOf(words, ['description', 'quantity', 'price', 'line']);
  let y = drawTable(
    sheet,
    view.lines,
    columns,
    246,
    { head: 'ruled', rows: 'ruled', size: 8.8, pad: 5 },
    carryOf(view),
  );
  y = roomFor(sheet, y + 16, sumsHeight(view) + 40);
  y = drawSums(sheet, view, y, { strong: 'filled', width: 200 });
  put(sheet, view.terms, sheet.left, y + 14, { size: 8.5, width: sheet.right - sheet.left });
  drawPageNumbers(sheet, view, sheet.right, 30);
}

/** The rail is too narrow for an IBAN beside its label. */
function ibanBelowItsLabel(line: string): string[] {
  return line.startsWith('IBAN ') ? ['IBAN', line.slice(5)] : [line];
}

function splitCity(city: string): string[] {
  return city.length > 24 ? city.split(/(?<=^\d+ [^ ]+) |, /) : [city];
}

export function drawWindow(sheet: Sheet, view: View, y: number): void {
  put(sheet, sellerLine(view), sheet.left, y, { size: 6.3, color: '#444444' });
  rule(sheet, sheet.left, y + 9, sheet.left + 236, 0.4, '#444444');
  putLines(sheet, buyerLines(view), sheet.left, y + 18, { size: 10.5 });
}

function drawTaxTable(sheet: Sheet, view: InvoiceView, y: number): void {
  const { words } = view;
  const [x0, x1, x2] = [sheet.left + 44, sheet.left + 130, sheet.left + 205];
  const head = { size: 8, bold: true };
  put(sheet, '%', sheet.left, y, head);
  putRight(sheet, view.seller.language === 'de' ? 'Netto' : 'Net', x1, y, head);
  putRight(sheet, view.seller.language === 'de' ? 'Steuer' : 'Tax', x2, y, head);
  rule(sheet, sheet.left, y + 11, x2, 0.5);
  view.taxes.forEach((part, i) => {
    const at = y + 15 + i * 14;
    put(sheet, part.rate, sheet.left, at, { size: 8 });
    putRight(sheet, part.net, x1, at, { size: 8 });
    putRight(sheet, part.tax, x2, at, { size: 8 });
  });
  upright(sheet, x0, y, y + 13 + view.taxes.length * 14, 0.3, '#999999');
  put(sheet, `${words.vatId}: ${view.vatId ?? '-'}`, sheet.left, y + 24 + view.taxes.length * 14, { size: 8 });
}

function rateWhenMixed(view: InvoiceView): 'rate'[] {
  return view.taxes.length > 1 ? ['rate'] : [];
}

function salutation(view: InvoiceView): string {
  if (view.seller.language === 'en')
    return 'Dear Sir or Madam, please find below our charges for the goods and services supplied.';
  return 'Sehr geehrte Damen und Herren,\nfür unsere Lieferungen und Leistungen erlauben wir uns zu berechnen:';
}

function runningHead(view: InvoiceView): string {
  const { words, seller } = view;
  const number = view.number ? `${words.number} ${view.number}` : words.title;
  if (seller.language === 'de') {
    const order = view.order ? ` zu Ihrer Bestellung ${view.order}` : '';
    const due = view.due ? `, ${words.due} ${view.due}` : '';
    return `${number} vom ${view.date}${order}, ${words.customer} ${view.customerNumber}, Lieferung vom ${view.deliveredOn}${due}.`;
  }
  const order = view.order ? `, your order ${view.order}` : '';
  const due = view.due ? `, ${words.due.toLowerCase()} ${view.due}` : '';
  return `${number} dated ${view.date}${order}, account ${view.customerNumber}, goods dispatched on ${view.deliveredOn}${due}.`;
}

/** Bank data with the BIC, for layouts that set them apart. */
export function paymentLine(view: InvoiceView): string {
  return view.iban ? `${view.house.bank} · IBAN ${view.iban} · BIC ${bicOf(view)}` : bankLines(view).join(' · ');
}
