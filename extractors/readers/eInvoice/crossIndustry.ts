import type { Statement } from '#core';
import { toIsoDate, toMoney, toQuantity, toUnitPrice, withoutSpaces } from './spelling.ts';
import { statementOf } from './statement.ts';
import { elementsAt, textAt, textOf, type XmlElement } from './xml.ts';

/**
 * UN/CEFACT Cross Industry Invoice, as ZUGFeRD 2, Factur-X and XRechnung use it (EN 16931-3-3), and its forerunner
 * Cross Industry Document of ZUGFeRD 1, which has the same parts under other names.
 */
export function readCrossIndustry(invoice: XmlElement, format: string): Statement {
  const [deal] = elementsAt(invoice, 'SupplyChainTradeTransaction|SpecifiedSupplyChainTradeTransaction');
  const [agreement] = elementsAt(deal, 'ApplicableHeaderTradeAgreement|ApplicableSupplyChainTradeAgreement');
  const [settlement] = elementsAt(deal, 'ApplicableHeaderTradeSettlement|ApplicableSupplyChainTradeSettlement');
  const [head] = elementsAt(invoice, 'ExchangedDocument|HeaderExchangedDocument');
  const [sums] = elementsAt(
    settlement,
    'SpecifiedTradeSettlementHeaderMonetarySummation|SpecifiedTradeSettlementMonetarySummation',
  );
  const currency = textAt(settlement, 'InvoiceCurrencyCode');
  return statementOf(
    { format, typeCode: textAt(head, 'TypeCode') },
    {
      invoice_number: textAt(head, 'ID'),
      invoice_date: dateAt(head, 'IssueDateTime'),
      due_date: dateAt(settlement, 'SpecifiedTradePaymentTerms/DueDateDateTime'),
      order_number: textAt(agreement, 'BuyerOrderReferencedDocument/IssuerAssignedID|ID'),
      seller: textAt(
        agreement,
        'SellerTradeParty/Name',
        'SellerTradeParty/SpecifiedLegalOrganization/TradingBusinessName',
      ),
      buyer: textAt(agreement, 'BuyerTradeParty/Name'),
      seller_vat_id: withoutSpaces(vatNumber(agreement)),
      iban: withoutSpaces(
        textAt(settlement, 'SpecifiedTradeSettlementPaymentMeans/PayeePartyCreditorFinancialAccount/IBANID'),
      ),
      currency,
      net_total: toMoney(textAt(sums, 'TaxBasisTotalAmount', 'LineTotalAmount')),
      tax_total: toMoney(amountIn(elementsAt(sums, 'TaxTotalAmount'), currency)),
      total: toMoney(amountIn(elementsAt(sums, 'GrandTotalAmount'), currency)),
      amount_due: toMoney(textAt(sums, 'DuePayableAmount')),
    },
    elementsAt(deal, 'IncludedSupplyChainTradeLineItem').map(itemOf),
  );
}

function itemOf(line: XmlElement): Record<string, string | undefined> {
  const [price] = elementsAt(
    line,
    'SpecifiedLineTradeAgreement|SpecifiedSupplyChainTradeAgreement/NetPriceProductTradePrice',
  );
  const sums =
    'SpecifiedTradeSettlementLineMonetarySummation|SpecifiedTradeSettlementMonetarySummation/LineTotalAmount';
  return {
    description: textAt(line, 'SpecifiedTradeProduct/Name', 'SpecifiedTradeProduct/Description'),
    quantity: toQuantity(textAt(line, 'SpecifiedLineTradeDelivery|SpecifiedSupplyChainTradeDelivery/BilledQuantity')),
    unit_price: toUnitPrice(textAt(price, 'ChargeAmount'), textAt(price, 'BasisQuantity')),
    line_total: toMoney(textAt(line, `SpecifiedLineTradeSettlement|SpecifiedSupplyChainTradeSettlement/${sums}`)),
  };
}

function dateAt(from: XmlElement | undefined, path: string): string | undefined {
  return toIsoDate(textAt(from, `${path}/DateTimeString|DateTime`, path));
}

/** Scheme VA is the VAT number, FC a national tax number. */
function vatNumber(agreement: XmlElement | undefined): string | undefined {
  const numbers = elementsAt(agreement, 'SellerTradeParty/SpecifiedTaxRegistration/ID');
  const vat = numbers.find((number) => number['@schemeID'] === 'VA');
  return vat && textOf(vat);
}

/** The tax may be stated twice, in the invoice's currency and in that of the books. */
function amountIn(amounts: readonly XmlElement[], currency: string | undefined): string | undefined {
  const own = amounts.find((amount) => amount['@currencyID'] === currency) ?? amounts[0];
  return own && textOf(own);
}
