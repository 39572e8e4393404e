export { type BatchLine, type BatchOptions, type BatchSummary, runBatch } from './batch.ts';
export { DEFAULT_WRONG_PER_THOUSAND, upperBound } from './confidence/budget.ts';
export {
  type Calibration,
  type LabelOrigin,
  onCurve,
  type Ranker,
  shippedCalibration,
  trustOf,
} from './confidence/calibration.ts';
export { settingFor } from './confidence/dial.ts';
export { featuresOf, type Judged, type Medium } from './confidence/features.ts';
export { type Gate, openGate } from './confidence/gate.ts';
export { countLabels, type LabelCounts } from './confidence/labelCounts.ts';
export { type OwnLayer, ownLayerOf } from './confidence/ownLayer.ts';
export { reliabilityOf } from './confidence/reliability.ts';
export { classOf, groupOf, mediumOf, perClass, TRUST_CLASSES } from './confidence/trustClass.ts';
export { BUDGETS, trustReport } from './confidence/trustReport.ts';
export { DOUBT_WORDS } from './doubtWords.ts';
export { type EvaluateOptions, type Evaluation, evaluate } from './eval/evaluate.ts';
export { fieldFaults, lostFiles } from './eval/faults.ts';
export { addToHistory, compareRuns, type EvalRow, type EvalRun, readHistory } from './eval/history.ts';
export { normaliseField } from './eval/normalise.ts';
export { evalReport, shownChange, shownFigure } from './eval/report.ts';
export { findSets, type Truth as EvalTruth } from './eval/truth.ts';
export { type Explained, explainPage, picturesOf } from './explain/explain.ts';
export { type ExtractedPaper, extractPaper, extractPile, type PileMember } from './extractPaper.ts';
export { parseDate } from './fields/date.ts';
export { parseIban } from './fields/iban.ts';
export { parseMoney } from './fields/money.ts';
export { isVatId, parseVatId } from './fields/vatId.ts';
export { recognise } from './memory/layouts.ts';
export { isSamePaper, lookOf } from './memory/look.ts';
export { ownReading, withMemory } from './memory/recall.ts';
export { type TaughtPaper, teach } from './memory/teach.ts';
export { paperFile } from './paperFile.ts';
export { paperItself } from './paperItself.ts';
export { type Failure, failureOf, readBatch } from './readBatch.ts';
export {
  checkOcr,
  type Doubt,
  defaultLimits,
  type Limits,
  type OcrChoice,
  type OcrEngine,
  type OcrManner,
  type OcrWord,
  type OpenOcrEngine,
  openReaders,
  type PageFrame,
  type PictureOptions,
  type Probe,
  quarterTurn,
  ReadError,
  type ReadErrorKind,
  type Readers,
  type ReadersOptions,
  type ReadOptions,
  type ReadResult,
} from './readers/index.ts';
export { readItself } from './readItself.ts';
export { defineExtractor, type PaperDefinition } from './schema/defineExtractor.ts';
export { adds, inOrder, type Rule, sideBySide } from './schema/rules.ts';
export { SPLIT_CLUES, type SplitClue, type SplitClues } from './splitting/clues.ts';
export { doubtsOfData } from './splitting/dataOfPapers.ts';
export { type PageFacts, pageFacts } from './splitting/pageFacts.ts';
export {
  jointsOf,
  type PaperPages,
  pileOf,
  type SplitWeights,
  splitFacts,
  splitPages,
} from './splitting/splitPages.ts';
export { advertisingOrderExtractor } from './types/adbuy.ts';
export {
  type Classification,
  type ClassifierWeights,
  classify,
  likeliestKind,
  PAPER_CLASSES,
  PAPER_TYPES,
  type PaperType,
  paperShares,
} from './types/classify.ts';
export { deliveryNoteExtractor } from './types/deliveryNote.ts';
export {
  EXTRACT_KINDS,
  type ExtractAs,
  type Extracted,
  type ExtractedField,
  type ExtractLine,
  extractAs,
  type OwnExtractor,
  toExtractLine,
  toFailedExtractLine,
  toPaperLine,
} from './types/extractLine.ts';
export type { ExtractContext, Extractor, SecondReading } from './types/extractor.ts';
export { kindOfField } from './types/fieldKinds.ts';
export { formExtractor } from './types/form.ts';
export { invoiceExtractor } from './types/invoice.ts';
export {
  address,
  currency,
  type Hints,
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
export { type MasterData, withMasterData } from './types/masterData.ts';
export { paperClues } from './types/paperClues.ts';
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
export { counted } from './types/pluggedIn.ts';
export { receiptExtractor } from './types/receipt.ts';
