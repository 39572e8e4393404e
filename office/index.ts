export { type ErasureOptions, finishErasures } from './erasure.ts';
export { type HttpOfficeOptions, httpOffice } from './httpOffice.ts';
export { forgetPapersIn, type InboxOptions, watchInbox } from './inbox.ts';
export { announce, type Instance, runningInstance } from './instance.ts';
export { type LocalOfficeOptions, localOffice, type OfficeBot, type Refusal } from './localOffice.ts';
