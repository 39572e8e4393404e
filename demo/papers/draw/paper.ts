import type { InvoiceLayout, NoteLayout } from '../house.ts';
import type { InvoiceView, NoteView } from '../view.ts';
import {
  centredInvoice,
  letterInvoice,
  railInvoice,
  stripInvoice,
  taxSummaryInvoice,
  windowInvoice,
} from './letterLayouts.ts';
import { centredNote, formNote, matrixNote, modernNote, windowNote } from './noteLayouts.ts';
import {
  bannerInvoice,
  classicInvoice,
  formInvoice,
  matrixInvoice,
  minimalInvoice,
  slipInvoice,
  utilityInvoice,
} from './officeLayouts.ts';
import { finish, openSheet, type Sheet } from './sheet.ts';

const INVOICES: Record<InvoiceLayout, (sheet: Sheet, view: InvoiceView) => void> = {
  window: windowInvoice,
  strip: stripInvoice,
  rail: railInvoice,
  'tax-summary': taxSummaryInvoice,
  letter: letterInvoice,
  minimal: minimalInvoice,
  matrix: matrixInvoice,
  form: formInvoice,
  centred: centredInvoice,
  utility: utilityInvoice,
  banner: bannerInvoice,
  slip: slipInvoice,
  classic: classicInvoice,
};

const NOTES: Record<NoteLayout, (sheet: Sheet, view: NoteView) => void> = {
  'note-window': windowNote,
  'note-form': formNote,
  'note-matrix': matrixNote,
  'note-modern': modernNote,
  'note-centred': centredNote,
};

/** What happened to the paper after printing, drawn over it. */
export type Handling = (sheet: Sheet) => void;

export function drawInvoicePdf(view: InvoiceView, made: Date, handling?: Handling): Promise<Uint8Array> {
  const { house, seller, words } = view;
  const title = `${words.title} ${view.number ?? ''}`.trim();
  const sheet = openSheet({ ...lookOf(view), title, author: seller.name, made });
  INVOICES[house.layout](sheet, view);
  handling?.(sheet);
  return finish(sheet);
}

export function drawNotePdf(view: NoteView, made: Date, handling?: Handling): Promise<Uint8Array> {
  const { house, seller, words } = view;
  const sheet = openSheet({ ...lookOf(view), title: `${words.note} ${view.number}`, author: seller.name, made });
  NOTES[house.noteLayout ?? 'note-window'](sheet, view);
  handling?.(sheet);
  return finish(sheet);
}

function lookOf({ house, seller }: InvoiceView | NoteView) {
  return { family: house.font, accent: house.accent, letter: seller.country === 'US' };
}
