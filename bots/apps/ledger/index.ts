export { ledger } from './app.ts';
export { goodsReceiptOf, goodsReceiptSchema, goodsReceiptScreen } from './goodsReceipt.ts';
export { type Vendor, vendorCount, vendorsLike, vendorWithCode } from './vendors.ts';
export { voucher, voucherOf, voucherSchema, voucherScreen } from './voucher.ts';
