export { isVatId } from './fields/vatId.ts';
export type { ExtractContext, Extractor, SecondReading } from './types/extractor.ts';
export {
  currency,
  iban,
  identifier,
  isoDate,
  type KindOptions,
  line,
  money,
  quantity,
  unitPrice,
  vatId,
} from './types/kinds.ts';
export {
  type DeliveryNotePaper,
  deliveryNotePaper,
  type FormPaper,
  formPaper,
  type InvoicePaper,
  invoicePaper,
  type PaperItem,
  paperItem,
  type ReceiptPaper,
  receiptPaper,
} from './types/papers.ts';
