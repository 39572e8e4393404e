export type { Damage, PhotoDamage, ScanDamage } from './damage.ts';
export { INVOICE_LAYOUTS, NOTE_LAYOUTS } from './house.ts';
export { type JunkPaper, makeJunk } from './junk.ts';
export { type MadePaper, makeBatch } from './make.ts';
export { type BatchOptions, type How, type PaperPlan, planBatch } from './plan.ts';
export { type Seeded, seeded } from './seeded.ts';
export type { DeliveryNoteTruth, InvoiceItem, InvoiceTruth, JunkTruth, Medium, ReasonForPerson } from './truth.ts';
export { strangers, type Vendor, vendors } from './vendors.ts';
