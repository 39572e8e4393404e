import type { Statement } from '#core';
import { toIsoDate, toMoney, toQuantity, toUnitPrice, withoutSpaces } from './spelling.ts';
import { statementOf } from './statement.ts';
import { elementsAt, textAt, textOf, type XmlElement } from './xml.ts';

/**
 * OASIS UBL 2 Invoice and CreditNote, as XRechnung and Peppol use them (EN 16931-3-2); `usually` is the code of what a
 * file of that name is that does not say.
 */
export function readUniversalBusiness(invoice: XmlElement, usually: '380' | '381'): Statement {
  const [sums] = elementsAt(invoice, 'LegalMonetaryTotal');
  const currency = textAt(invoice, 'DocumentCurrencyCode');
  return statementOf(
    { format: 'ubl', typeCode: textAt(invoice, 'InvoiceTypeCode|CreditNoteTypeCode') ?? usually },
    {
      invoice_number: textAt(invoice, 'ID'),
      invoice_date: toIsoDate(textAt(invoice, 'IssueDate')),
      due_date: toIsoDate(textAt(invoice, 'DueDate', 'PaymentMeans/PaymentDueDate', 'PaymentTerms/PaymentDueDate')),
      order_number: textAt(invoice, 'OrderReference/ID'),
      seller: partyName(invoice, 'AccountingSupplierParty'),
      buyer: partyName(invoice, 'AccountingCustomerParty'),
      seller_vat_id: withoutSpaces(vatNumber(invoice)),
      iban: withoutSpaces(textAt(invoice, 'PaymentMeans/PayeeFinancialAccount/ID')),
      currency,
      net_total: toMoney(textAt(sums, 'TaxExclusiveAmount', 'LineExtensionAmount')),
      tax_total: toMoney(taxTotal(invoice, currency)),
      total: toMoney(textAt(sums, 'TaxInclusiveAmount')),
      amount_due: toMoney(textAt(sums, 'PayableAmount')),
    },
    elementsAt(invoice, 'InvoiceLine|CreditNoteLine').map(itemOf),
  );
}

function itemOf(line: XmlElement): Record<string, string | undefined> {
  return {
    description: textAt(line, 'Item/Name', 'Item/Description'),
    quantity: toQuantity(textAt(line, 'InvoicedQuantity|CreditedQuantity')),
    unit_price: toUnitPrice(textAt(line, 'Price/PriceAmount'), textAt(line, 'Price/BaseQuantity')),
    line_total: toMoney(textAt(line, 'LineExtensionAmount')),
  };
}

/** The registered name first: the other is the name over the shop. */
function partyName(invoice: XmlElement, role: string): string | undefined {
  return textAt(invoice, `${role}/Party/PartyLegalEntity/RegistrationName`, `${role}/Party/PartyName/Name`);
}

function vatNumber(invoice: XmlElement): string | undefined {
  const schemes = elementsAt(invoice, 'AccountingSupplierParty/Party/PartyTaxScheme');
  const vat = schemes.find((scheme) => textAt(scheme, 'TaxScheme/ID')?.toUpperCase() === 'VAT');
  return textAt(vat, 'CompanyID');
}

/** The tax may be stated twice, in the invoice's currency and in that of the books. */
function taxTotal(invoice: XmlElement, currency: string | undefined): string | undefined {
  const amounts = elementsAt(invoice, 'TaxTotal/TaxAmount');
  const own = amounts.find((amount) => amount['@currencyID'] === currency) ?? amounts[0];
  return own && textOf(own);
}
