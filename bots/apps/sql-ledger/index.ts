export { sqlLedger } from './app.ts';
export { vendorInvoice, vendorInvoiceSchema, vendorInvoiceScreen, vendorInvoicesOf } from './vendorInvoice.ts';
