export { type BatchPaper, type BatchPlan, keptPlan, papersOf, type Truth } from './batch.ts';
export { type Comparison, compareWithTruth } from './compare.ts';
export * from './ledger/index.ts';
export * from './papers/index.ts';
