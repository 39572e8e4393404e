/** E-invoices of one and the same sale, in the three shapes they come in. */

export const SALE = {
  invoice_number: 'R-2025/118',
  invoice_date: '2025-03-14',
  due_date: '2025-04-13',
  order_number: 'B-77',
  seller: 'Kranz & Söhne GmbH',
  buyer: 'Hafen-Kontor AG',
  seller_vat_id: 'DE811128135',
  iban: 'DE89370400440532013000',
  currency: 'EUR',
  net_total: '1250.00',
  tax_total: '237.50',
  total: '1487.50',
  amount_due: '1387.50',
};

export const SOLD = [
  { description: 'Copper pipe 15 mm', quantity: '12', unit_price: '100.00', line_total: '1200.00' },
  { description: 'Screws', quantity: '500', unit_price: '0.10', line_total: '50.00' },
];

const date = (text: string) => `<udt:DateTimeString format="102">${text}</udt:DateTimeString>`;

const PARTIES = `
  <ram:SellerTradeParty><ram:Name>Kranz &amp; Söhne
     GmbH</ram:Name>
    <ram:SpecifiedTaxRegistration><ram:ID schemeID="FC">201/113/40209</ram:ID></ram:SpecifiedTaxRegistration>
    <ram:SpecifiedTaxRegistration><ram:ID schemeID="VA">DE 811128135</ram:ID></ram:SpecifiedTaxRegistration>
  </ram:SellerTradeParty>
  <ram:BuyerTradeParty><ram:Name>Hafen-Kontor AG</ram:Name></ram:BuyerTradeParty>`;

const SUMS = `
  <ram:LineTotalAmount>1250.00</ram:LineTotalAmount>
  <ram:TaxBasisTotalAmount>1250</ram:TaxBasisTotalAmount>
  <ram:TaxTotalAmount currencyID="SEK">2660.00</ram:TaxTotalAmount>
  <ram:TaxTotalAmount currencyID="EUR">237.50</ram:TaxTotalAmount>
  <ram:GrandTotalAmount>1487.5000</ram:GrandTotalAmount>
  <ram:DuePayableAmount>1387.50</ram:DuePayableAmount>`;

const PAYMENT = `
  <ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode>
  <ram:SpecifiedTradeSettlementPaymentMeans><ram:PayeePartyCreditorFinancialAccount>
    <ram:IBANID>DE89 3704 0044 0532 0130 00</ram:IBANID>
  </ram:PayeePartyCreditorFinancialAccount></ram:SpecifiedTradeSettlementPaymentMeans>
  <ram:SpecifiedTradePaymentTerms><ram:DueDateDateTime>${date('20250413')}</ram:DueDateDateTime></ram:SpecifiedTradePaymentTerms>`;

/** A line of each standard: the same places, names of their own. */
function line(
  names: { agreement: string; delivery: string; settlement: string; sums: string },
  sold: string[],
): string {
  const [description, quantity, price, basis, total] = sold;
  return `<ram:IncludedSupplyChainTradeLineItem>
    <ram:SpecifiedTradeProduct><ram:Name>${description}</ram:Name></ram:SpecifiedTradeProduct>
    <ram:${names.agreement}><ram:NetPriceProductTradePrice><ram:ChargeAmount>${price}</ram:ChargeAmount>
      <ram:BasisQuantity unitCode="C62">${basis}</ram:BasisQuantity></ram:NetPriceProductTradePrice></ram:${names.agreement}>
    <ram:${names.delivery}><ram:BilledQuantity unitCode="C62">${quantity}</ram:BilledQuantity></ram:${names.delivery}>
    <ram:${names.settlement}><ram:${names.sums}><ram:LineTotalAmount>${total}</ram:LineTotalAmount></ram:${names.sums}></ram:${names.settlement}>
  </ram:IncludedSupplyChainTradeLineItem>`;
}

const LINES = [
  ['Copper pipe 15 mm', '12.0000', '100.0000', '1', '1200.00'],
  ['Screws', '500.0000', '10.00', '100.0000', '50.00'],
];

export function crossIndustryInvoice(): string {
  const names = {
    agreement: 'SpecifiedLineTradeAgreement',
    delivery: 'SpecifiedLineTradeDelivery',
    settlement: 'SpecifiedLineTradeSettlement',
    sums: 'SpecifiedTradeSettlementLineMonetarySummation',
  };
  return `<?xml version="1.0" encoding="UTF-8"?>
  <rsm:CrossIndustryInvoice xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100" xmlns:ram="ram" xmlns:udt="udt">
    <rsm:ExchangedDocument><ram:ID>R-2025/118</ram:ID><ram:TypeCode>380</ram:TypeCode>
      <ram:IssueDateTime>${date('20250314')}</ram:IssueDateTime></rsm:ExchangedDocument>
    <rsm:SupplyChainTradeTransaction>${LINES.map((sold) => line(names, sold)).join('')}
      <ram:ApplicableHeaderTradeAgreement>${PARTIES}
        <ram:BuyerOrderReferencedDocument><ram:IssuerAssignedID>B-77</ram:IssuerAssignedID></ram:BuyerOrderReferencedDocument>
      </ram:ApplicableHeaderTradeAgreement>
      <ram:ApplicableHeaderTradeSettlement>${PAYMENT}
        <ram:SpecifiedTradeSettlementHeaderMonetarySummation>${SUMS}</ram:SpecifiedTradeSettlementHeaderMonetarySummation>
      </ram:ApplicableHeaderTradeSettlement>
    </rsm:SupplyChainTradeTransaction>
  </rsm:CrossIndustryInvoice>`;
}

export function crossIndustryDocument(): string {
  const names = {
    agreement: 'SpecifiedSupplyChainTradeAgreement',
    delivery: 'SpecifiedSupplyChainTradeDelivery',
    settlement: 'SpecifiedSupplyChainTradeSettlement',
    sums: 'SpecifiedTradeSettlementMonetarySummation',
  };
  return `<?xml version="1.0"?>
  <rsm:CrossIndustryDocument xmlns:rsm="urn:ferd:CrossIndustryDocument:invoice:1p0" xmlns:ram="ram" xmlns:udt="udt">
    <rsm:HeaderExchangedDocument><ram:ID>R-2025/118</ram:ID>
      <ram:IssueDateTime>${date('20250314')}</ram:IssueDateTime></rsm:HeaderExchangedDocument>
    <rsm:SpecifiedSupplyChainTradeTransaction>
      <ram:ApplicableSupplyChainTradeAgreement>${PARTIES}
        <ram:BuyerOrderReferencedDocument><ram:ID>B-77</ram:ID></ram:BuyerOrderReferencedDocument>
      </ram:ApplicableSupplyChainTradeAgreement>
      <ram:ApplicableSupplyChainTradeSettlement>${PAYMENT}
        <ram:SpecifiedTradeSettlementMonetarySummation>${SUMS}</ram:SpecifiedTradeSettlementMonetarySummation>
      </ram:ApplicableSupplyChainTradeSettlement>
      <ram:IncludedSupplyChainTradeLineItem><ram:AssociatedDocumentLineDocument/></ram:IncludedSupplyChainTradeLineItem>
      ${LINES.map((sold) => line(names, sold)).join('')}
    </rsm:SpecifiedSupplyChainTradeTransaction>
  </rsm:CrossIndustryDocument>`;
}

export function universalBusinessInvoice(kind: 'Invoice' | 'CreditNote' = 'Invoice'): string {
  const measure = kind === 'Invoice' ? 'InvoicedQuantity' : 'CreditedQuantity';
  const lines = LINES.map(
    ([description, quantity, price, basis, total]) => `<cac:${kind}Line>
      <cbc:${measure} unitCode="C62">${quantity}</cbc:${measure}>
      <cbc:LineExtensionAmount currencyID="EUR">${total}</cbc:LineExtensionAmount>
      <cac:Item><cbc:Name>${description}</cbc:Name></cac:Item>
      <cac:Price><cbc:PriceAmount currencyID="EUR">${price}</cbc:PriceAmount><cbc:BaseQuantity>${basis}</cbc:BaseQuantity></cac:Price>
    </cac:${kind}Line>`,
  );
  return `<?xml version="1.0"?>
  <${kind} xmlns="urn:oasis:names:specification:ubl:schema:xsd:${kind}-2" xmlns:cac="cac" xmlns:cbc="cbc">
    <cbc:ID>R-2025/118</cbc:ID><cbc:IssueDate>2025-03-14</cbc:IssueDate><cbc:DueDate>2025-04-13</cbc:DueDate>
    <cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>
    <cac:OrderReference><cbc:ID>B-77</cbc:ID></cac:OrderReference>
    <cac:AccountingSupplierParty><cac:Party><cac:PartyName><cbc:Name>Kranz</cbc:Name></cac:PartyName>
      <cac:PartyTaxScheme><cbc:CompanyID>201/113/40209</cbc:CompanyID><cac:TaxScheme><cbc:ID>FC</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>
      <cac:PartyTaxScheme><cbc:CompanyID>DE811128135</cbc:CompanyID><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>
      <cac:PartyLegalEntity><cbc:RegistrationName>Kranz &amp; S&#246;hne GmbH</cbc:RegistrationName></cac:PartyLegalEntity>
    </cac:Party></cac:AccountingSupplierParty>
    <cac:AccountingCustomerParty><cac:Party><cac:PartyName><cbc:Name>Hafen-Kontor AG</cbc:Name></cac:PartyName></cac:Party></cac:AccountingCustomerParty>
    <cac:PaymentMeans><cac:PayeeFinancialAccount><cbc:ID>DE89370400440532013000</cbc:ID></cac:PayeeFinancialAccount></cac:PaymentMeans>
    <cac:TaxTotal><cbc:TaxAmount currencyID="EUR">237.50</cbc:TaxAmount></cac:TaxTotal>
    <cac:LegalMonetaryTotal><cbc:TaxExclusiveAmount>1250.00</cbc:TaxExclusiveAmount>
      <cbc:TaxInclusiveAmount>1487.50</cbc:TaxInclusiveAmount><cbc:PayableAmount>1387.50</cbc:PayableAmount></cac:LegalMonetaryTotal>
    ${lines.join('')}
  </${kind}>`;
}
