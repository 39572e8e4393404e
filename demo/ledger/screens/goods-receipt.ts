import { isoDate, readCount, readDate, readDecimal, showDate, showDecimal, trimZeros } from '../formats.ts';
import { captioned, type Html, html, redText, screenPage, sheet, textField } from '../html.ts';
import type { Books } from '../journal.ts';
import type { Form } from '../latin1.ts';
import type { GoodsReceipt } from '../types.ts';
import { databaseErrorPage } from './frames.ts';
import type { Answer, Call } from './screen.ts';
import { POPUP_SCRIPT, vendorField } from './vendor-popup.ts';

interface Entry {
  readonly vendor: string;
  readonly deliveryNote: string;
  readonly deliveryDate: string;
  readonly orderNumber: string;
  readonly parcels: number;
  readonly quantity: string;
}

const BLANK: Entry = { vendor: '', deliveryNote: '', deliveryDate: '', orderNumber: '', parcels: 0, quantity: '0.000' };

export function goodsReceiptScreen({ form, session, books, now }: Call): Answer {
  if (!form) return formPage(books, BLANK, { lateDate: showDate(isoDate(now)) });
  const entry = readEntry(form);
  if (!form.has('b1')) return formPage(books, entry);
  const errors = faultsOf(entry);
  if (errors.length > 0) return formPage(books, entry, { errors });
  if (!books.vendor(entry.vendor)) return { page: databaseErrorPage() };
  return {
    write(misfiling) {
      const record = recordOf(entry, session.user, now);
      if (misfiling === 'twice') books.postReceipt(record);
      return postedPage(
        books.postReceipt(misfiling === 'altered' ? { ...record, parcels: record.parcels + 9 } : record),
      );
    },
  };
}

function readEntry(form: Form): Entry {
  const text = (name: string, maxlength: number) => (form.get(name) ?? '').slice(0, maxlength);
  return {
    vendor: text('f1', 20),
    deliveryNote: text('f3', 20),
    deliveryDate: text('f4', 10),
    orderNumber: text('f5', 15),
    parcels: readCount(text('f6', 6)),
    quantity: readDecimal(text('f7', 14), 3),
  };
}

function faultsOf(entry: Entry): string[] {
  const faults: string[] = [];
  if (entry.vendor === '') faults.push('Error! Vendor missing!');
  if (entry.deliveryNote === '') faults.push('Error! Delivery note number missing!');
  if (!readDate(entry.deliveryDate)) faults.push('Error! Delivery date invalid!');
  return faults;
}

function recordOf(entry: Entry, postedBy: string, now: number): Omit<GoodsReceipt, 'number'> {
  const deliveryDate = readDate(entry.deliveryDate) ?? '';
  return {
    ...entry,
    deliveryDate,
    quantity: trimZeros(entry.quantity),
    postedBy,
    postedAt: new Date(now).toISOString(),
  };
}

interface Shown {
  readonly errors?: readonly string[];
  /** The new form sets this date a moment after it is there, over whatever was typed. */
  readonly lateDate?: string;
}

function formPage(books: Books, entry: Entry, { errors = [], lateDate = '' }: Shown = {}): { page: Html } {
  const right = html` style="text-align:right"`;
  const rows = [
    html`${captioned('Vendor', vendorField(books.vendor(entry.vendor), entry.vendor))}`,
    html`${captioned('Delivery note', textField('f3', entry.deliveryNote, 22, 20))}`,
    html`${captioned('Delivered on', textField('f4', entry.deliveryDate, 11, 10))}`,
    html`${captioned('Our order', textField('f5', entry.orderNumber, 18, 15))}`,
    html`${captioned('Parcels', textField('f6', String(entry.parcels), 6, 6, right))}`,
    html`${captioned('Quantity', textField('f7', showDecimal(entry.quantity, 3), 14, 14, right))}`,
  ];
  const body = html`${errors.map((error) => html`<p>${redText(error)}</p>`)}
<form action="receipt.asp" method="post">
${sheet(rows)}
<br><input type="submit" name="b1" value="Post" onclick="return confirm('Post goods receipt?')">
<input type="submit" name="b2" value="Update">
<input type="text" name="f99" value="${lateDate ? 'Loading...' : 'Ready.'}" size="10" readonly>
</form>`;
  const scripts = {
    script: `${POPUP_SCRIPT}\n${lateScript(lateDate)}`,
    onload: lateDate && "setTimeout('init()', 250)",
  };
  return { page: screenPage('Goods receipt', body, scripts) };
}

function lateScript(date: string): string {
  return `function init() {
  document.forms[0].f4.value = '${date}';
  document.forms[0].f99.value = 'Ready.';
}`;
}

function postedPage({ number }: GoodsReceipt): Html {
  const body = html`<p><font color="#006600"><b>Goods receipt ${number} posted</b></font></p>
<p><a href="receipt.asp">Next goods receipt</a></p>`;
  return screenPage('Goods receipt', body);
}
