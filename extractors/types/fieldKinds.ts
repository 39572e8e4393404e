/** Kinds of values that are read and trusted alike. */
export type FieldKind =
  | 'identifier'
  | 'date'
  | 'money'
  | 'iban'
  | 'vat-id'
  | 'currency'
  | 'name'
  | 'quantity'
  | 'items'
  | 'address'
  | 'pairs';

const FIELD_KINDS: Readonly<Record<string, FieldKind>> = {
  invoice_number: 'identifier',
  order_number: 'identifier',
  delivery_note_number: 'identifier',
  invoice_date: 'date',
  due_date: 'date',
  delivery_date: 'date',
  date: 'date',
  net_total: 'money',
  tax_total: 'money',
  total: 'money',
  amount_due: 'money',
  iban: 'iban',
  seller_vat_id: 'vat-id',
  currency: 'currency',
  seller: 'name',
  buyer: 'name',
  company: 'name',
  parcels: 'quantity',
  total_quantity: 'quantity',
  address: 'address',
  items: 'items',
  pairs: 'pairs',
};

/** The kind of a field by its name, the same in every type of paper. */
export function kindOfField(field: string): FieldKind {
  const kind = FIELD_KINDS[field];
  if (!kind) throw new RangeError(`The field ${field} has no kind yet: add it to FIELD_KINDS.`);
  return kind;
}
