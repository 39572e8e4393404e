export { type HttpOfficeOptions, httpOffice } from './httpOffice.ts';
