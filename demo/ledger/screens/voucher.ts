import { addDays, isoDate, readDate, readDecimal, showDate, showDecimal, toCents } from '../formats.ts';
import { captioned, type Html, html, redText, screenPage, selectField, sheet, textField } from '../html.ts';
import type { Books } from '../journal.ts';
import type { Form } from '../latin1.ts';
import type { Drift, Voucher } from '../types.ts';
import { databaseErrorPage } from './frames.ts';
import type { Answer, Call } from './screen.ts';
import { POPUP_SCRIPT, vendorField } from './vendor-popup.ts';

const CURRENCIES = ['EUR', 'USD', 'GBP', 'CHF', 'PLN', 'CZK', 'DKK', 'SEK', 'NOK', 'HUF', 'JPY'];

/** What stands in the form: dates as they were typed, amounts as they were understood. */
interface Entry {
  readonly vendor: string;
  readonly invoiceNumber: string;
  readonly invoiceDate: string;
  readonly dueDate: string;
  readonly currency: string;
  readonly net: string;
  readonly tax: string;
  readonly total: string;
  readonly reference: string;
  /** Asked for only since an update. */
  readonly costCentre: string;
}

export function voucherScreen({ form, session, books, now, drift }: Call): Answer {
  if (!form) return formPage(books, drift, blankEntry(now));
  const entry = readEntry(form, drift);
  const recalculated = withDueDate(books, entry);
  if (!form.has('b1')) return formPage(books, drift, recalculated);
  if (form.get('f0') !== entry.vendor) {
    return formPage(books, drift, recalculated, ['Form recalculated, please check and post again.']);
  }
  const checked = entry.dueDate === '' ? recalculated : entry;
  const errors = faultsOf(checked, drift);
  if (errors.length > 0) return formPage(books, drift, checked, errors);
  if (!books.vendor(entry.vendor)) return { page: databaseErrorPage() };
  return {
    write(misfiling) {
      const record = recordOf(checked, session.user, now);
      if (misfiling === 'twice') books.postVoucher(record);
      return postedPage(books.postVoucher(misfiling === 'altered' ? raised(record) : record));
    },
  };
}

/** A wrong amount that still adds up: nothing in the application takes offence. */
function raised<T extends Pick<Voucher, 'net' | 'total'>>(record: T): T {
  const more = (amount: string) => (Number(amount) + 90).toFixed(2);
  return { ...record, net: more(record.net), total: more(record.total) };
}

function blankEntry(now: number): Entry {
  const zero = '0.00';
  const texts = { vendor: '', invoiceNumber: '', dueDate: '', reference: '', costCentre: '' };
  return { ...texts, invoiceDate: showDate(isoDate(now)), currency: 'EUR', net: zero, tax: zero, total: zero };
}

/** Names of the fields for net and tax: an update made them change places. */
const amountNames = (drift: Drift) => (drift === 'moved' ? { net: 'f8', tax: 'f7' } : { net: 'f7', tax: 'f8' });

function readEntry(form: Form, drift: Drift): Entry {
  const text = (name: string, maxlength: number) => (form.get(name) ?? '').slice(0, maxlength);
  const amount = (name: string) => readDecimal(text(name, 14), 2);
  return {
    vendor: text('f1', 20),
    invoiceNumber: text('f3', 20),
    invoiceDate: text('f4', 10),
    dueDate: text('f5', 10),
    currency: text('f6', 3) || 'EUR',
    net: amount(amountNames(drift).net),
    tax: amount(amountNames(drift).tax),
    total: amount('f9'),
    reference: text('f10', 30),
    costCentre: text('f11', 10),
  };
}

/** The vendor's terms overrule whatever due date was typed before. */
function withDueDate(books: Books, entry: Entry): Entry {
  const vendor = books.vendor(entry.vendor);
  const invoiceDate = readDate(entry.invoiceDate);
  if (!vendor || !invoiceDate) return entry;
  return { ...entry, dueDate: showDate(addDays(invoiceDate, vendor.termsDays)) };
}

function faultsOf(entry: Entry, drift: Drift): string[] {
  const faults: string[] = [];
  if (entry.vendor === '') faults.push('Error! Vendor missing!');
  if (entry.invoiceNumber === '') faults.push('Error! Invoice number missing!');
  if (!readDate(entry.invoiceDate)) faults.push('Error! Invoice date invalid!');
  if (!readDate(entry.dueDate)) faults.push('Error! Due date invalid!');
  if (drift === 'mandatory' && entry.costCentre === '') faults.push('Error! Cost centre missing!');
  if (toCents(entry.net) + toCents(entry.tax) !== toCents(entry.total))
    faults.push('Error! Net + tax does not equal total!');
  return faults;
}

function recordOf({ costCentre: _, ...entry }: Entry, postedBy: string, now: number): Omit<Voucher, 'number'> {
  const invoiceDate = readDate(entry.invoiceDate) ?? '';
  const dueDate = readDate(entry.dueDate) ?? '';
  return { ...entry, invoiceDate, dueDate, postedBy, postedAt: new Date(now).toISOString() };
}

function formPage(books: Books, drift: Drift, entry: Entry, messages: readonly string[] = []): { page: Html } {
  const vendor = books.vendor(entry.vendor);
  const currencies = [...new Set([...CURRENCIES, ...books.data.vendors.map(({ currency }) => currency)])];
  const amount = (name: string, value: string) =>
    textField(name, showDecimal(value, 2), 14, 14, html` style="text-align:right"`);
  const names = amountNames(drift);
  const rows = [
    html`${captioned('Vendor', vendorField(vendor, entry.vendor))}${captioned('Currency', selectField('f6', currencies, entry.currency))}`,
    html`${captioned('Invoice no.', textField('f3', entry.invoiceNumber, 22, 20))}${captioned(drift === 'renamed' ? 'Net amount' : 'Net', amount(names.net, entry.net))}`,
    html`${captioned('Invoice date', textField('f4', entry.invoiceDate, 11, 10, html` onchange="due()"`))}${captioned('Tax', amount(names.tax, entry.tax))}`,
    html`${captioned('Due date', textField('f5', entry.dueDate, 11, 10))}${captioned('Total', amount('f9', entry.total))}`,
    html`${captioned('Reference', textField('f10', entry.reference, 34, 30))}${captioned('', html`<font color="#888888">dd.mm.yyyy / 1.234,56</font>`)}`,
    ...(drift === 'mandatory' ? [captioned('Cost centre', textField('f11', entry.costCentre, 11, 10))] : []),
  ];
  const body = html`${messages.map((message) => html`<p>${redText(message)}</p>`)}
<form action="voucher.asp" method="post">
<input type="hidden" name="f0" value="${entry.vendor}">
${sheet(rows)}
<br><input type="submit" name="b1" value="Post" onclick="return confirm('Post voucher?')">
<input type="submit" name="b2" value="Update">
</form>`;
  return { page: screenPage('Vendor invoice', body, { script: `${POPUP_SCRIPT}\n${dueScript(vendor?.termsDays)}` }) };
}

/** A changed invoice date resets the due date in the browser, typed or not. */
function dueScript(termsDays: number | undefined): string {
  return `var terms = ${termsDays ?? -1};
function two(n) { return n < 10 ? '0' + n : '' + n; }
function due() {
  var f = document.forms[0], d = f.f4.value.split('.');
  if (terms < 0 || d.length != 3) return;
  var t = new Date(d[2] - 0, d[1] - 1, d[0] - 0 + terms);
  if (isNaN(t.getTime())) return;
  f.f5.value = two(t.getDate()) + '.' + two(t.getMonth() + 1) + '.' + t.getFullYear();
}`;
}

function postedPage({ number }: Voucher): Html {
  const body = html`<p><font color="#006600"><b>Voucher ${number} posted</b></font></p>
<p><a href="voucher.asp">Next vendor invoice</a></p>`;
  return screenPage('Vendor invoice', body);
}
