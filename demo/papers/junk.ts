import { drawInvoice } from './content.ts';
import { drawLogo } from './draw/logo.ts';
import { drawInvoicePdf } from './draw/paper.ts';
import { fillBox, finish, openSheet, put, putLines, putRight, rule, type Sheet } from './draw/sheet.ts';
import { houseOf } from './house.ts';
import { type Seeded, seeded } from './seeded.ts';
import type { JunkTruth } from './truth.ts';
import { type Vendor, vendors } from './vendors.ts';
import { viewInvoice } from './view.ts';

export interface JunkPaper {
  readonly name: string;
  readonly mime: string;
  readonly bytes: Uint8Array;
  readonly truth: JunkTruth;
}

/** One of each thing that turns up in an inbox and is no invoice. */
export async function makeJunk(seed: string | number): Promise<JunkPaper[]> {
  const chance = seeded(`junk ${seed}`);
  const vendor = chance.pick(vendors.filter(({ language }) => language === 'en'));
  const invoice = await drawSomeInvoice(vendor, chance);
  const noise = Uint8Array.from({ length: 4096 }, () => chance.int(0, 255));
  return [
    junk('letter.pdf', 'letter', 'rejected', await drawLetter(vendor, chance)),
    junk('spring-offers.pdf', 'advert', 'rejected', await drawAdvert(vendor, chance)),
    junk('empty.pdf', 'empty', 'refused', new Uint8Array()),
    junk('cut-off.pdf', 'truncated', 'rejected', invoice.slice(0, Math.floor(invoice.length * 0.6))),
    junk('protected.pdf', 'encrypted', 'refused', await drawLocked(vendor, chance)),
    junk('invoice.pdf', 'not-a-document', 'refused', noise),
    junk('phone-book.pdf', 'too-many-pages', 'refused', writeEndlessPdf(10_000)),
  ];
}

function junk(name: string, what: JunkTruth['what'], answer: JunkTruth['answer'], bytes: Uint8Array): JunkPaper {
  return { name, mime: 'application/pdf', bytes, truth: { type: 'junk', what, answer } };
}

function drawSomeInvoice(vendor: Vendor, chance: Seeded): Promise<Uint8Array> {
  const house = houseOf(vendor);
  return drawInvoicePdf(viewInvoice(drawInvoice(vendor, house, '2026-03-16', chance), house), MADE);
}

const MADE = new Date('2026-03-02T09:30:00Z');

function openJunk(vendor: Vendor, title: string, password?: string): Sheet {
  const { font: family, accent } = houseOf(vendor);
  return openSheet({ family, accent, title, author: vendor.name, made: MADE, ...(password && { password }) });
}

function drawLetter(vendor: Vendor, chance: Seeded): Promise<Uint8Array> {
  const sheet = openJunk(vendor, 'Change of opening hours');
  const width = sheet.right - sheet.left;
  drawLogo(sheet, houseOf(vendor).logo, vendor.name, sheet.left, 44, 40);
  putRight(sheet, vendor.name, sheet.right, 50, { size: 13, bold: true });
  putRight(sheet, `${vendor.street}, ${vendor.city}`, sheet.right, 68, { size: 8.5 });
  putLines(sheet, ['Brennecke & Tahl (UK) Limited', 'Unit 9, Calder Wharf', 'Leeds LS10 1QR'], sheet.left, 140, {
    size: 10.5,
  });
  putRight(sheet, '2 March 2026', sheet.right, 210, { size: 10.5 });
  let y = put(sheet, 'Change of our opening hours', sheet.left, 240, { size: 12, bold: true });
  const paragraphs = [
    'Dear Sir or Madam,',
    `From the beginning of next month our trade counter opens at ${chance.pick(['7.30', '8.00'])} in the morning and closes at five in the afternoon. On Saturdays we remain open until noon. Our drivers keep to the delivery days you know.`,
    `${chance.pick(['Ms Alderson', 'Mr Prentice', 'Ms Okafor'])}, whom many of you know from the telephone, now looks after all customers in the north. She is glad to visit you and to hear what we could do better.`,
    'We thank you for your trust over the past years and look forward to the next ones.',
    'Yours faithfully',
  ];
  for (const paragraph of paragraphs) y = put(sheet, paragraph, sheet.left, y + 14, { size: 10.5, width });
  put(sheet, vendor.name, sheet.left, y + 40, { size: 10.5, italic: true });
  return finish(sheet);
}

function drawAdvert(vendor: Vendor, chance: Seeded): Promise<Uint8Array> {
  const sheet = openJunk(vendor, 'Spring offers');
  fillBox(sheet, 0, 0, sheet.width, 210, sheet.accent);
  put(sheet, 'SPRING OFFERS', 56, 70, { size: 44, bold: true, color: '#ffffff' });
  put(sheet, `Only at ${vendor.name}, while stocks last`, 56, 128, { size: 15, color: '#ffffff' });
  const offers = ['Everything for the desk', 'Chairs that let you sit', 'Lamps that let you read'];
  offers.forEach((offer, i) => {
    const y = 250 + i * 150;
    put(sheet, offer, 56, y, { size: 22, bold: true });
    put(sheet, 'Come and see it in our showroom. Free parking, free coffee, honest advice.', 56, y + 32, {
      size: 11,
      width: 300,
    });
    putRight(sheet, `up to ${chance.int(2, 6)}0 % off`, sheet.right, y + 8, {
      size: 24,
      bold: true,
      color: sheet.accent,
    });
    rule(sheet, 56, y + 110, sheet.right, 0.8, sheet.accent);
  });
  put(sheet, 'You no longer wish to receive our offers? A short message is enough.', 56, 760, { size: 8 });
  return finish(sheet);
}

function drawLocked(vendor: Vendor, chance: Seeded): Promise<Uint8Array> {
  const sheet = openJunk(vendor, 'Confidential', chance.digits(8));
  put(sheet, 'Confidential', sheet.left, 100, { size: 20, bold: true });
  return finish(sheet);
}

/** A small file that claims so many pages: every one of them is the same empty page. */
function writeEndlessPdf(pages: number): Uint8Array {
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Count ${pages} /Kids [${'3 0 R '.repeat(pages)}] >>`,
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>',
  ];
  let text = '%PDF-1.4\n';
  const offsets = objects.map((object, i) => {
    const offset = text.length;
    text += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return String(offset).padStart(10, '0');
  });
  const table = offsets.map((offset) => `${offset} 00000 n \n`).join('');
  text += `xref\n0 4\n0000000000 65535 f \n${table}trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF\n`;
  return new TextEncoder().encode(text);
}
