import type { Statement } from '#core';
import { readCrossIndustry } from './crossIndustry.ts';
import { readUniversalBusiness } from './universalBusiness.ts';
import { elementsAt, parseXml } from './xml.ts';

export { sheetText } from './sheet.ts';
export { isCreditNote } from './statement.ts';
export { decodeXml, XML_READER } from './xml.ts';

/** Where the XML came from: inside the PDF that shows it, or as a file of its own. */
export type Carrier = 'pdf' | 'file';

/** What an e-invoice's XML states; undefined for XML of any other kind and for what is no sound XML. */
export function readEInvoice(bytes: Uint8Array, carrier: Carrier): Statement | undefined {
  const file = parseXml(bytes);
  const [crossIndustry] = elementsAt(file, 'CrossIndustryInvoice');
  if (crossIndustry) return readCrossIndustry(crossIndustry, carrier === 'pdf' ? 'factur-x' : 'cii');
  const [forerunner] = elementsAt(file, 'CrossIndustryDocument');
  if (forerunner) return readCrossIndustry(forerunner, 'zugferd-1');
  const [invoice] = elementsAt(file, 'Invoice');
  const [business] = elementsAt(file, 'Invoice|CreditNote');
  const isBusiness = elementsAt(business, 'LegalMonetaryTotal').length > 0;
  return business && isBusiness ? readUniversalBusiness(business, invoice ? '380' : '381') : undefined;
}
