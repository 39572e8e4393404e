/**
 * What papers call things, in English, German and French, without spaces, accents and punctuation.
 * A word ending in `~` says it less surely: it also names other things.
 * Names that no extractor asks for are here so that their values are not taken for those of a neighbour.
 */
export const VOCABULARY = {
  invoice_number: `invoiceno invoicenumber invoicenr invoice# invno invnumber inv# invoiceid billno billnumber
    taxinvoiceno documentno documentnumber receiptno~ rechnungsnummer rechnungsnr rechnungnr rechnungnummer rechnung#
    rechnungno rechnungsno rgnr renr belegnr belegnummer beleg# numerodefacture numerofacture facturen facturenr
    facturenumero nfacture ndefacture facture# creditnoteno creditnotenumber gutschriftnr gutschriftsnummer
    gutschriftsnr invoice~ taxinvoice~ rechnung~ facture~ avoir~ bill~ factuurnummer factuurnr factuur# numerofattura
    nfattura fatturan fatturanr numerodefactura nfactura facturan facturanumero fakturanummer fakturanr numerofaktury
    bookingid~ bookingno~ referenceno~ factuur~ fattura~ factura~`,
  invoice_date: `invoicedate dateofissue dateofinvoice issuedate issued issuedon billdate billingdate taxdate
    documentdate rechnungsdatum belegdatum ausstellungsdatum rechnungvom datumderrechnung datedefacture datefacture
    datedelafacture dateemission datedemission factureddate date~ datum~ dated~ vom~ le~ factuurdatum datafattura
    datadocumento datafatturazione fechafactura fechadefactura fechadeemision fecha~ data~ fakturadatum
    datawystawienia belegdatum~ ausgestelltam`,
  due_date: `duedate paymentdue paymentduedate pleasepayby payby dueby due paymentdueby duon payableby dueon datedue
    paybefore falligam fallig falligkeit falligkeitsdatum falligkeitstag falligbis zahlbarbis zahlungsziel zahlungbis
    uberweisenbis biszum~ dateecheance datedecheance echeance apayeravantle paymentterms~ vervaldatum betaalvoor
    scadenza datascadenza vencimiento fechadevencimiento forfallsdato forfallodatum terminplatnosci`,
  order_number: `yourorder yourorderno yourordernumber ponumber pono po# ponr purchaseorder purchaseorderno
    purchaseordernumber orderref orderreference orderno ordernumber order# custpo customerpo yourref~ yourreference~
    ihrebestellung ihrerbestellung bestellnummer bestellnr ihrebestellnr ihrebestellnummer bestellung~ auftragsnummer
    auftragsnr auftrag~ nocommande numerodecommande votrecommande votrereference~ boncommande`,
  customer_number: `customerno customernumber customerid customer# accountno~ accountnumber~ account~ clientno
    clientid kundennummer kundennr kdnr kundenr ihrekundennummer ihrekundennr nclient numeroclient codeclient`,
  delivery_note_number: `deliverynoteno deliverynotenumber deliverynote# noteno deliveryno deliverynumber dispatchno
    dispatchnoteno packingslip# packingslipno packinglistno lieferscheinnr lieferscheinnummer lieferschein# lsnr
    warenbegleitscheinnr belegnr~ deliverynote~ packingslip~ dispatchnote~ lieferschein~ bondelivraison~`,
  delivery_date: `deliverydate dateofdelivery dateofdispatch dispatchdate shipdate shippingdate shippedon dateshipped
    delivered~ lieferdatum versanddatum liefertag leistungsdatum lieferundleistungsdatum lieferbzwleistungsdatum
    datedelivraison lieferscheindatum lieferungvom leistungvom lieferungam deliveredon deliveryof deliverynotedate
    supplydate dateofsupply taxpoint`,
  order_date: `orderdate dateoforder bestelldatum auftragsdatum datedecommande bestellungvom`,
  other_date: `printed printedon printdate gedrucktam druckdatum serviceperiod leistungszeitraum periode servicedate
    geburtsdatum checkin checkout statementdate validuntil gultigbis discountuntil skontobis`,
  net_total: `subtotal nettotal totalnet netamount netvalue totalexclvat totalexcludingvat totalexvat totalexcltax
    totalbeforetax amountexclvat goodstotal goodsvalue taxableamount~ nettobetrag summenetto nettosumme zwischensumme
    netto gesamtnetto gesamtbetragnetto warenwertnetto warenwert~ nettowert totalht montantht soustotal totalhorstaxe
    rechnungssummeohneust positionenetto positionennetto positionssumme~ basisbetrag~ gesamtbeitrag~ summe~
    totaalexclbtw totaalexclusiefbtw subtotaal imponibile totaleimponibile baseimponible totalsiniva totalhors
    zwischensummenetto summeohnemwst summeohneust gesamtbetragohneust zwischentotal net~`,
  tax_total: `vattotal totalvat totaltax taxtotal salestax valueaddedtax taxamount vatamount plusvat vat~ tax~ gst~
    totalgst gstamount mwst~ zzglmwst zuzuglichmwst mehrwertsteuer~ ust~ zzglust umsatzsteuer~ summemwst steuerbetrag
    steuerbetragineur steuerbetragin mwstbetrag ustbetrag umsatzsteuergesamt ustgesamt mwstgesamt summeust
    gesamtsteuer zuzuglichumsatzsteuer zzglumsatzsteuer totaltva totaltaxes montanttva tva~ taxes~ versicherungsteuer
    versicherungssteuer btw~ btwbedrag totaalbtw iva~ totaleiva importeiva cuotaiva totaliva moms~ momsbelopp vatdue`,
  total: `total~ grandtotal invoicetotal totalamount totalinclvat totalincludingvat totalinctax totalincltax
    grosstotal grossamount totalgross totalinvoice invoiceamount gesamtbetrag rechnungsbetrag bruttobetrag
    summebrutto bruttosumme endbetrag endsumme gesamtsumme rechnungssumme rechnungsendbetrag gesamtbetragbrutto
    brutto rechnungsbeitrag totalttc montantttc ttc gesamt~ totalgeneral totalsales~ nettotal~ totalrm totaleur
    totalusd totalgbp totalinclgst totalinclusivegst totalinclusiveofgst totalsalesinclusivegst
    totalsalesinclusiveofgst totalsalesinclgst roundedtotal totalrounded nettotalrounded totalamt~ netamt~ nettamt~
    amounttotal~ totalamount~ billtotal totalbill totalsale totalpayable~ totalamountpayable~ totaalinclbtw
    totaalbedrag totaal~ totalefattura totaledocumento totale~ importetotal totalfactura totaalinclusiefbtw
    gesamtbetraginklmwst gesamtbetraginklust summeinklmwst bruttogesamt razem~ ogolem~`,
  amount_due: `amountdue balancedue totaldue amountpayable balance~ outstandingbalance amountoutstanding totalpayable
    pleasepay amounttopay zahlbetrag zuzahlen zuzahlenderbetrag offenerbetrag restbetrag falligerbetrag
    zahlungsbetrag netapayer resteapayer montantdu soldedu apayer restsumme nochzuzahlen zuzahlenderbeitrag residual~
    residualamount restant restantdu solde~ soldeapayer resteduapayer tebetalen tebetalenbedrag totaletebetalen
    nettoapagare totaledapagare totalapagar importeapagar attbetala dozaplaty outstandingamount amountnowdue`,
  deposit: `lessdeposit lessdepositreceived depositreceived paymentreceived paidonaccount paid~ amountpaid lesspaid
    prepaid abzglanzahlung abzuglanzahlung anzahlung bereitsgezahlt abzuglabschlag erhalteneanzahlungen abschlag~
    acompte dejapaye cash~ change~ tendered cashtendered rounding roundingadj roundingadjustment roundadj visa
    mastercard creditcard~ skonto rabatt~ discount~ versandkosten fracht shipping~ freight~ porto
    gesamtbetragderzuschlage gesamtbetragderabschlage carriedforward broughtforward
    totalcarriedforward totalbroughtforward subtotalcarriedforward subtotalbroughtforward amountcarriedforward
    amountbroughtforward carriedover broughtover carryforward carryover areporter report~ reporte~ totalareporter
    ubertrag zwischensummeubertrag ubertragzwischensumme ubertragvonvorherigerseite ubertragvonseite ubertragaufseite servicecharge savings totalsavings totaldiscount totalqty~ totalitems totalitem
    itemcount`,
  parcels: `parcels noofparcels numberofparcels packages noofpackages cartons noofcartons boxes~ packstucke
    anzahlpackstucke kolli pakete anzahlpakete anzahlkolli colis nombredecolis`,
  total_quantity: `totalquantity totalunits quantitytotal totalqty gesamtmenge mengegesamt summemenge mengeninsgesamt
    totalpieces quantitetotale`,
  vat_id: `vatregno vatregistration vatregistrationno vatregistrationnumber vatno vatnumber vatid vatreg taxid~
    ustidnr ustid umsatzsteueridentifikationsnummer umsatzsteuerid uidnr uid ustidentnr ntva tva~ vat~ tvaintracom
    tvaintracommunautaire ntvaintra numerodetva vatregistrationnr mwstnr btwnr btw btwnummer btwid partitaiva piva
    nifiva umsatzsteuerid umsatzsteueridnr mwstid vatregistrationnumberno`,
  buyer_vat_id: `yourvatid yourvatno yourvatnumber customervatno customervatid customervatnumber customervat
    clientvatno buyervatid ihreustid ihreustidnr ihreuidnr ihreuid kundenustid ustidkunde kundenustidnr ntvaclient
    tvaclient votretva`,
  tax_number: `steuernummer steuernr stnr siret siren ape rcs hrb hra handelsregister handelsregisternummer gstid
    gstno gstreg gstregno gstin companyno companyregno registrationno regno roc rocno coreg coregno wssereg weeeregnr`,
  iban: `iban ibannr ibanno kontoiban`,
  bic: `bic swift bicswift swiftcode swiftbic biccode blz bankleitzahl kontonr kontonummer sortcode routingno
    routingnumber abarouting bankgiro plusgiro`,
  phone: `tel telefon telephone phone fon fax telefax mobil mobile email mail web website internet www telno faxno`,
  seller: `seller verkaufer lieferant~ vendor supplier sellername rechnungssteller vendeur fournisseur soldby
    billfrom~ leverancier verkoper fornitore cedente vendedor emisor sprzedawca saljare`,
  buyer: `billto billedto invoiceto soldto customer~ buyer client~ kunde kaufer kauferleistungsempfanger
    rechnungsempfanger rechnungan rechnungsadresse rechnungsanschrift leistungsempfanger auftraggeber~ facturea
    adressedefacturation facturationa acheteur destinataire~ to~ attention~ guestname~ consignedto invoiceaddress
    billingaddress klant cliente destinatario kopare nabywca facturatiegegevens factuuradres`,
  ship_to: `shipto deliverto deliveryaddress shippingaddress lieferanschrift lieferadresse warenempfanger empfanger~
    lieferungan livrea adressedelivraison abweichenderwarenempfanger consignee`,
  other_party: `contact ansprechpartner bearbeiter sachbearbeiter contactcommercial handledby salesperson yourcontact
    abweichenderrechnungsempfanger steuervertreter zahlungsempfanger kontoinhaber accountname bankname bank cashier
    preparedby approvedby`,
  currency: `currency wahrung rechnungswahrung devise`,
  description: `description details itemdescription goodsservices goods services~ bezeichnung beschreibung leistung~
    artikelbezeichnung produkt product~ productdescription designation libelle item~ artikel~ text~
    produktbezeichnung leistungsbeschreibung particulars omschrijving descrizione descripcion concepto beskrivning
    opis artikelomschrijving leistungsbezeichnung warenbezeichnung`,
  quantity: `qty quantity units~ menge anzahl quantite qte stuck~ hours stunden liefermenge delivered~ qtyshipped
    shipped~ geliefert~ ordered~ bestellt~ aantal quantita cantidad antal ilosc hoeveelheid`,
  unit: `unit~ uom per~ einheit einh me~ unite mengeneinheit`,
  unit_price: `unitprice price priceeach rate~ einzelpreis epreis preis stuckpreis nettopreis einzel~ prixunitaire
    prixunit pu puht unitcost einzeleur preiseinh ep priceunit upr prijs stuksprijs eenheidsprijs prezzo
    prezzounitario precio preciounitario pris apris cenajednostkowa nettoeinzelpreis einzelpreisnetto bruttopreis~`,
  line_total: `amount~ linetotal total~ netamount~ gesamt~ betrag~ gesamtpreis summe~ nettobetrag~ positionsbetrag
    prixht montant~ montantht~ gesamteur extended lineamount extendedprice value~ positionsbetragohneust nettowert~
    gesamtbetrag~ bruttobetrag~ zeilensumme zeilenbetrag pricewotax priceexcltax amountexcltax totalht~ prixtotal
    montanthors gp importo importe bedrag belopp totaalprijs totale~ totaal~ wartosc gesamtnetto~ nettogesamt`,
  tax_rate: `vat~ tax~ mwst~ ust~ ustsatz steuersatz vatrate mwstsatz tva~ taux taxes~ mwst% vat%`,
  position: `pos position item~ line~ # nr~ no~ lfdnr`,
  article: `code~ itemno sku partno artnr artikelnr artikel~ artikelnummer articleno ref~ itemcode artnrlief
    artnrkunde`,
  discount_column: `disc disc% rabatt% rem remise discount%`,
} as const;

export type LabelName = keyof typeof VOCABULARY;

/**
 * Names that other words make into something else: of a sum they speak only with its amount behind them, or alone.
 * `Net 40.00`, but `Net weight 12 kg`.
 */
export const SHORT_NAMES: ReadonlySet<string> = new Set(['net', 'razem', 'ogolem']);

/** What columns of goods are called besides: elsewhere on a paper these words say nothing. Written as above. */
export const COLUMN_WORDS = {
  description: `itemdetails itemname productname productservice productsservices servicedescription descriptionofgoods
    descriptionofservices descriptionofgoodsservices workdescription activity task~ work~ article~ artikelbeschreibung
    positionstext tatigkeit dienstleistung produit~ denominazione articolo~ articulo~ benaming benamning beskrivelse
    nazwa nazwatowaru nazwatowaruuslugi nazwatowarulubuslugi`,
  quantity: `hrs std~ einheiten tage~ days nights pcs pieces count~ qtyordered qtyhrs hrsqty noofunits anz stk~ nombre
    nbre heures jours uren ore~ cant uds~ antall verbrauch consumption usage~`,
  unit: `unitofmeasure measure~ eh jm jedn um unita unidad ud eenheid enhet enhed`,
  unit_price: `cost~ costeach each~ unitrate unitamount unitvalue unitnetprice netunitprice netprice priceperunit
    priceperitem itemprice hourlyrate listprice~ einheitspreis preisproeinheit preisjeeinheit stundensatz satz~ apreis
    prixu tarif~ tarief ansatz enhetspris stykpris cena~ cenajedn`,
  line_total: `subtotal~ totalprice totalcost~ totalvalue~ totalamount~ itemtotal lineprice ext extprice extamount
    extension taxablevalue~ charge~ charges~ fee~ sum~ net~ gross~ netto~ brutto~ totalttc~ montantttc~ gesamtwert
    gespreis gpreis positionswert endpreis kosten~ zwischensumme~ subtotaal~`,
  tax_rate: `taxrate gstrate gst~ gst% %vat %tax %mwst ust% mwstin% ustin% tva% %tva tauxtva tauxdetva iva~ iva% %iva
    aliquota btw~ btw% %btw moms~ moms% stawkavat vatcode taxcode`,
  position: `sno slno srno serialno sr~ sl~ lfd zeile ligne~ riga regel linea lp`,
  article: `productcode productno productid itemnumber itemid stockcode artno artcode partnumber materialnr
    materialnummer produktnummer produktnr hsn hsnsac hsncode sac ean gtin upc barcode reference~ referencia~ codice
    codigo modelno`,
  discount_column: `discount~ %disc %discount rabatt~ rabattin% rab nachlass~ remise% %remise sconto sconto% descuento dto
    dto% korting korting% rabat`,
} as const satisfies Partial<Record<LabelName, string>>;
