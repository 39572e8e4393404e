export { bearingOf, isRefusedLogin } from './bearing.ts';
export { fingerprint } from './fingerprint.ts';
export { type OpeningHours, readHours } from './hours.ts';
export { type Borrowed, type LendingOptions, openAccountDesk, putOff } from './lending.ts';
export { type Lent, paceOf } from './pace.ts';
