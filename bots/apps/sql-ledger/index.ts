export { sqlLedger } from './app.ts';
export { vendorInvoice, vendorInvoiceSchema, vendorInvoiceScreen } from './vendorInvoice.ts';
