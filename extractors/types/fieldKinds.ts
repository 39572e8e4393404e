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
