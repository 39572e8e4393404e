import { showDate, showDecimal } from '../formats.ts';
import { captioned, type Html, html, redText, screenPage, selectField, sheet, shown, textField } from '../html.ts';
import type { Books } from '../journal.ts';
import type { LedgerVendor } from '../types.ts';
import { containsText, cutTo, list, pager, sliceOf } from './listing.ts';
import type { Answer, Call } from './screen.ts';

export function voucherEnquiry({ query, books }: Call): Answer {
  const [vendor, invoice] = [query.get('s1') ?? '', query.get('s2') ?? ''];
  const found = books.data.vouchers.filter(
    (voucher) => isVendor(voucher.vendor, vendor) && containsText(voucher.invoiceNumber, invoice),
  );
  const slice = sliceOf(found, query);
  const rows = slice.rows.map((voucher) => [
    html`<a href="enq_voucher.asp?n=${voucher.number}">${voucher.number}</a>`,
    html`${voucher.vendor}`,
    html`${cutTo(nameOf(books, voucher.vendor), 24)}`,
    html`${cutTo(voucher.invoiceNumber, 14)}`,
    html`${showDate(voucher.invoiceDate)}`,
    html`${showDecimal(voucher.total, 2)} ${voucher.currency}`,
  ]);
  const captions = ['Voucher', 'Vendor', 'Name', 'Invoice no.', 'Date', 'Total'];
  const body = html`<form action="enq_vouchers.asp" method="get">Vendor code ${textField('s1', vendor, 10, 20)}
&nbsp; Invoice no. ${textField('s2', invoice, 22, 20)} <input type="submit" value="Search"></form>
${found.length ? list(captions, rows) : html`<p>No vouchers found.</p>`}
${pager('enq_vouchers.asp', query, slice)}`;
  return { page: screenPage('Voucher enquiry', body) };
}

export function receiptEnquiry({ query, books }: Call): Answer {
  const [vendor, note] = [query.get('s1') ?? '', query.get('s2') ?? ''];
  const found = books.data.receipts.filter(
    (receipt) => isVendor(receipt.vendor, vendor) && containsText(receipt.deliveryNote, note),
  );
  const slice = sliceOf(found, query);
  const rows = slice.rows.map((receipt) => [
    html`<a href="enq_receipt.asp?n=${receipt.number}">${receipt.number}</a>`,
    html`${receipt.vendor}`,
    html`${cutTo(nameOf(books, receipt.vendor), 24)}`,
    html`${cutTo(receipt.deliveryNote, 14)}`,
    html`${showDate(receipt.deliveryDate)}`,
  ]);
  const captions = ['Receipt', 'Vendor', 'Name', 'Delivery note', 'Date'];
  const body = html`<form action="enq_receipts.asp" method="get">Vendor code ${textField('s1', vendor, 10, 20)}
&nbsp; Delivery note ${textField('s2', note, 22, 20)} <input type="submit" value="Search"></form>
${found.length ? list(captions, rows) : html`<p>No goods receipts found.</p>`}
${pager('enq_receipts.asp', query, slice)}`;
  return { page: screenPage('Goods receipt enquiry', body) };
}

const VENDOR_SEARCHES: Record<string, (vendor: LedgerVendor, part: string) => boolean> = {
  Name: ({ name }, part) => containsText(name, part),
  'VAT number': ({ vatId }, part) => containsText(vatId.replaceAll(' ', ''), part.replaceAll(' ', '')),
  All: () => true,
};

export function vendorEnquiry({ query, books }: Call): Answer {
  const part = query.get('s1') ?? '';
  const by = query.get('s2') ?? 'Name';
  const matches = VENDOR_SEARCHES[by] ?? (() => false);
  const found = books.data.vendors.filter((vendor) => matches(vendor, part));
  const slice = sliceOf(found, query);
  const rows = slice.rows.map(({ code, name, city, vatId }) => [
    html`<a href="enq_vendor.asp?n=${code}">${code}</a>`,
    html`${cutTo(name, 34)}`,
    html`${city}`,
    html`${vatId}`,
  ]);
  const body = html`<form action="enq_vendors.asp" method="get">Search ${textField('s1', part, 24, 40)}
in ${selectField('s2', Object.keys(VENDOR_SEARCHES), by)} <input type="submit" value="Search"></form>
${found.length ? list(['Code', 'Name', 'City', 'VAT no.'], rows) : html`<p>No vendors found.</p>`}
${pager('enq_vendors.asp', query, slice)}`;
  return { page: screenPage('Vendor list', body) };
}

export function voucherDetail({ query, books }: Call): Answer {
  const voucher = books.data.vouchers.find(({ number }) => number === query.get('n'));
  if (!voucher) return missing('Voucher');
  const amount = (value: string) => html`<div align="right">${showDecimal(value, 2)}</div>`;
  return detail('Voucher', [
    html`${captioned('Voucher', shown(voucher.number))}${captioned('Currency', shown(voucher.currency))}`,
    html`${captioned('Vendor', shown(voucher.vendor))}${captioned('Name', shown(nameOf(books, voucher.vendor)))}`,
    html`${captioned('Invoice no.', shown(voucher.invoiceNumber))}${captioned('Net', amount(voucher.net))}`,
    html`${captioned('Invoice date', shown(showDate(voucher.invoiceDate)))}${captioned('Tax', amount(voucher.tax))}`,
    html`${captioned('Due date', shown(showDate(voucher.dueDate)))}${captioned('Total', amount(voucher.total))}`,
    html`${captioned('Reference', shown(voucher.reference))}${captioned('Posted', shown(posted(voucher)))}`,
  ]);
}

export function receiptDetail({ query, books }: Call): Answer {
  const receipt = books.data.receipts.find(({ number }) => number === query.get('n'));
  if (!receipt) return missing('Goods receipt');
  return detail('Goods receipt', [
    html`${captioned('Receipt', shown(receipt.number))}${captioned('Delivered on', shown(showDate(receipt.deliveryDate)))}`,
    html`${captioned('Vendor', shown(receipt.vendor))}${captioned('Name', shown(nameOf(books, receipt.vendor)))}`,
    html`${captioned('Delivery note', shown(receipt.deliveryNote))}${captioned('Parcels', shown(String(receipt.parcels)))}`,
    html`${captioned('Our order', shown(receipt.orderNumber))}${captioned('Quantity', shown(showDecimal(receipt.quantity, 3)))}`,
    html`${captioned('Posted', shown(posted(receipt)))}${captioned('', shown(''))}`,
  ]);
}

export function vendorDetail({ query, books }: Call): Answer {
  const vendor = books.vendor(query.get('n') ?? '');
  if (!vendor) return missing('Vendor');
  const iban = vendor.iban.replaceAll(' ', '').replace(/(.{4})(?=.)/g, '$1 ');
  return detail('Vendor', [
    html`${captioned('Code', shown(vendor.code))}${captioned('VAT no.', shown(vendor.vatId))}`,
    html`${captioned('Name', shown(vendor.name))}${captioned('IBAN', shown(iban))}`,
    html`${captioned('Street', shown(vendor.street))}${captioned('Terms', shown(`${vendor.termsDays} days net`))}`,
    html`${captioned('City', shown(vendor.city))}${captioned('Currency', shown(vendor.currency))}`,
  ]);
}

function detail(heading: string, rows: readonly Html[]): Answer {
  return { page: screenPage(heading, html`${sheet(rows)}<p><a href="javascript:history.back()">Back</a></p>`) };
}

function missing(what: string): Answer {
  return { page: screenPage(what, redText(`${what} not found!`)) };
}

/** An enquiry without a vendor code finds those of all vendors. */
function isVendor(code: string, asked: string): boolean {
  return asked === '' || code.toLowerCase() === asked.toLowerCase();
}

function nameOf(books: Books, code: string): string {
  return books.vendor(code)?.name ?? '';
}

function posted({ postedBy, postedAt }: { readonly postedBy: string; readonly postedAt: string }): string {
  return `${showDate(postedAt)} ${postedAt.slice(11, 16)} ${postedBy}`;
}
