import { z } from 'zod';
import { currency, identifier, isoDate, line, money } from '#extractors';
import {
  coded,
  date,
  defineRecord,
  defineScreen,
  field,
  implied,
  type LookUp,
  money as moneyAs,
  named,
  optional,
  outcomes,
  postingBack,
  type Session,
  text,
} from '#runner';
import { cannotTell, mustBeOthers, unlike } from '../otherRecords.ts';
import { buttonOf, openFunction, press, sqlLedger } from './app.ts';
import { openTransaction, run } from './enquiry.ts';

const english = moneyAs('1,234.50');
const day = date('mm-dd-yyyy');

export const vendorInvoiceSchema = z.object({
  vendor_number: identifier({ title: 'Vendor number' }),
  // The form offers vendors by their names alone.
  vendor: line({ title: 'Vendor' }),
  // Its search takes % and _ for any characters and \ for none, and folds only ASCII's capitals: it would not find others again.
  invoice_number: identifier({ title: 'Invoice number' }).regex(
    /^[\w ./:#()+-]+$/,
    'Only plain letters, digits, . / : # ( ) + - _',
  ),
  invoice_date: isoDate({ title: 'Invoice date' }),
  due_date: isoDate({ title: 'Due date' }),
  currency: currency({ title: 'Currency' }),
  amount: money({ title: 'Amount' }),
  account: z
    .string()
    .regex(/^\d{4}$/, 'Give the number of an expense account')
    .meta({ title: 'Account' }),
  order_number: identifier({ title: 'Order number' }).max(20).nullable(),
  description: line({ title: 'Description' }).max(40),
});

/** A vendor's invoice as accounts payable keeps it: one amount on one account. */
export const vendorInvoice = defineRecord({ name: 'vendor invoice', schema: vendorInvoiceSchema });

type Key = Pick<z.infer<typeof vendorInvoiceSchema>, 'vendor_number' | 'invoice_number'>;

/** By the report of transactions, paid ones too. It shows numbers in full, and leads to each one's own page. */
async function lookUp(session: Session, { vendor_number, invoice_number }: Key): Promise<LookUp> {
  const { report, rows } = await numberedLike(session, invoice_number);
  const numbered = rows.filter(({ Invoice: number }) => number === invoice_number);
  if (numbered.some((row) => row['Vendor Number'] === '')) {
    return { state: 'unclear', why: 'An invoice of this number is there, and no vendor number tells whose it is.' };
  }
  const references = numbered.filter((row) => row['Vendor Number'] === vendor_number).map(({ ID }) => ID);
  const [only] = references;
  if (only === undefined) {
    const others = rows.filter((row) => !numbered.includes(row) && ['', vendor_number].includes(row['Vendor Number']));
    const candidates = others.map((row) => ({ id: row.ID, by: unlike(invoice_number, row.Invoice).filter(isLiteral) }));
    await mustBeOthers(candidates, async (other) => (await numberedLike(session, other)).rows.map(({ ID }) => ID));
    return { state: 'absent' };
  }
  if (references.length > 1) return { state: 'several', references };
  await openTransaction(report, only);
  return { state: 'there', reference: only, page: report };
}

/** All whose number has this in it. */
async function numberedLike(session: Session, number: string) {
  const { report, rows } = await run(session, {
    level: 'AP--Reports--Transactions',
    title: 'AP Transactions',
    search: { invnumber: number },
    tick: ['open', 'closed', 'l_id', 'l_invnumber', 'l_vendornumber'],
    says: [`Invoice Number : ${number}`, 'Open', 'Closed'],
    columns: ['ID', 'Vendor Number', 'Invoice'],
    buttons: ['Select all', 'AP Transaction', 'Vendor Invoice.', 'Delete Transactions'],
  });
  if (!rows.every(({ ID: id, Invoice: shown }) => /^\d+$/.test(id) && finds(number, shown))) {
    throw cannotTell('The list of the enquiry shows a row that its search does not find.');
  }
  return { report, rows };
}

/** Whether its search finds only what has this in it. It takes `%` for anything, `\` for nothing, and quotes around it away. */
function isLiteral(text: string): boolean {
  return !/[%\\]|^".*"$/.test(text);
}

/** Whether its search, which takes `_` for any character, finds this number by that one. */
function finds(searched: string, number: string): boolean {
  const pattern = searched.replace(/[^\w]/g, '\\$&').replaceAll('_', '.');
  return new RegExp(pattern, 'i').test(number);
}

const control = (name: string, caption?: string) => [named(name, caption), named(name, caption)] as const;
const vendor = postingBack(named('vendor'), (form) => buttonOf(form, 'Update'));
const inCurrency = postingBack(named('currency'), (form) => buttonOf(form, 'Update'));
const account = coded('AP_amount_1', (option) => option.split('--')[0] ?? '');

export const vendorInvoiceScreen = defineScreen({
  app: sqlLedger,
  record: vendorInvoice,
  key: ({ vendor_number, invoice_number }) => `${vendor_number} ${invoice_number}`,
  open: (session) => openFunction(session, 'AP--Add Transaction'),
  // Vendor and currency send the form, and what comes back has another due date: they are first.
  fields: {
    vendor: field(text, vendor, named('vendor')),
    vendor_number: field(text, implied(named('vendornumber')), named('vendornumber')),
    currency: field(text, inCurrency, named('currency')),
    invoice_number: field(text, ...control('invnumber', 'Invoice Number')),
    order_number: field(optional(text), ...control('ordnumber', 'Order Number')),
    invoice_date: field(day, ...control('transdate', 'Invoice Date *')),
    due_date: field(day, ...control('duedate', 'Due Date')),
    amount: field(english, ...control('amount_1')),
    account: field(text, account, account),
    description: field(text, ...control('description_1')),
  },
  // It takes any text for an amount and tells what it made of it only when the form is calculated.
  echo: (form) => press(form, 'Update'),
  // It confirms nothing: a form as empty as before comes back. The look-up has to tell.
  submit: async (_, form) => {
    await press(form, 'Post');
    return answer(form);
  },
  lookUp,
});

const answer = outcomes([
  { when: 'body:has(> h2.error) > p > b', says: /(missing|closed period|not on file)/, kind: 'refused' },
]);
