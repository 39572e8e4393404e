import { austrianVatId, britishVatId, dutchVatId, germanVatId, ibanFor, irishVatId } from './checkDigits.ts';
import { type Seeded, seeded } from './seeded.ts';
import type { Currency, Language } from './truth.ts';

/** A supplier as the demo's accounting system knows it. All of them are invented; any likeness is chance. */
export interface Vendor {
  readonly code: string;
  readonly name: string;
  readonly street: string;
  /** With its postcode, in the order of the country. */
  readonly city: string;
  readonly country: Country;
  /** Empty for sellers outside the European VAT area. */
  readonly vatId: string;
  /** Empty for sellers who are paid by routing and account number. */
  readonly iban: string;
  readonly currency: Currency;
  readonly termsDays: number;
  readonly language: Language;
}

export type Country = 'DE' | 'AT' | 'GB' | 'IE' | 'NL' | 'US';

/** The group that receives all papers; each seller bills the company in its own country where there is one. */
export interface Buyer {
  readonly name: string;
  readonly lines: readonly string[];
  readonly vatId: string;
}

const hamburg = buyer('Brennecke & Tahl GmbH', ['Am Sandtorhöft 14', '20457 Hamburg'], germanVatId('28140593'));

export const buyers: Readonly<Record<Country, Buyer>> = {
  DE: hamburg,
  AT: buyer('Brennecke & Tahl Austria GmbH', ['Lassallestraße 33', '1020 Wien'], austrianVatId('6120947')),
  GB: buyer('Brennecke & Tahl (UK) Limited', ['Unit 9, Calder Wharf', 'Leeds LS10 1QR'], britishVatId('2937164')),
  IE: buyer('Brennecke & Tahl Ireland Ltd', ['4 Hanover Dock', 'Dublin 2, D02 XK71'], irishVatId('3348217')),
  NL: hamburg,
  US: buyer('Brennecke & Tahl Inc.', ['220 Passaic Avenue, Suite 4', 'Newark, NJ 07104'], ''),
};

function buyer(name: string, lines: readonly string[], vatId: string): Buyer {
  return { name, lines, vatId };
}

/** The master data: who may be paid. */
export const vendors: readonly Vendor[] = [
  vendor('70101', 'DE', 30, 'Ahrens & Möller Bürobedarf GmbH', 'Holtenauer Straße 118', '24105 Kiel'),
  vendor('70102', 'DE', 30, 'Tiefenbach Elektrotechnik GmbH & Co. KG', 'Industriestraße 7', '57076 Siegen'),
  vendor('70103', 'DE', 14, 'Druckhaus Lindwurm GmbH', 'Karl-Heine-Straße 92', '04229 Leipzig'),
  vendor('70104', 'DE', 14, 'Feinkost Sönnichsen e. K.', 'Norderhofenden 3', '24937 Flensburg'),
  vendor('70105', 'DE', 21, 'Hallgartner Gebäudereinigung GmbH', 'Rheinallee 204', '55120 Mainz'),
  vendor('70106', 'DE', 30, 'Systemhaus Querfeld GmbH', 'Haid-und-Neu-Straße 18', '76131 Karlsruhe'),
  vendor('70107', 'DE', 30, 'Schraubenkontor Ostermoor GmbH', 'Am Binnenhafen 41', '26721 Emden'),
  vendor('70108', 'DE', 14, 'Spedition Trautwein & Söhne KG', 'Güterbahnhofstraße 5', '97424 Schweinfurt'),
  vendor('70109', 'DE', 10, 'Gärtnerei Morgenrot GbR', 'Vierländer Deich 77', '21037 Hamburg'),
  vendor('70110', 'DE', 14, 'Stadtwerke Eichenhain GmbH', 'Wasserwerkstraße 1', '03149 Eichenhain'),
  vendor('70111', 'DE', 14, 'Malermeister Jörn Uphoff', 'Lange Reihe 26', '26122 Oldenburg'),
  vendor('70201', 'AT', 14, 'Alpenquell Getränkevertrieb GmbH', 'Innsbrucker Bundesstraße 66', '5020 Salzburg'),
  vendor('70202', 'AT', 30, 'Donaustahl Komponenten GmbH', 'Hafenstraße 47', '4020 Linz'),
  vendor('70203', 'AT', 10, 'Kaffeerösterei Pichlmair KG', 'Lendplatz 12', '8020 Graz'),
  vendor('70301', 'GB', 30, 'Harrowgate & Finch Ltd', '27 Chandler Row', 'York YO1 8QZ'),
  vendor('70302', 'GB', 30, 'Pennine Fasteners Ltd', 'Albion Mill, Colne Road', 'Huddersfield HD1 3ZP'),
  vendor('70303', 'GB', 28, 'Blackthorn Print Works Ltd', '5 Foundry Yard', 'Bristol BS2 0ZW'),
  vendor('70304', 'GB', 14, 'Cobalt Data Services plc', 'Meridian House, 80 Quay Street', 'Manchester M3 4ZD'),
  vendor('70305', 'GB', 21, 'Merrow Catering Supplies Ltd', 'Unit 12, Slyfield Park', 'Guildford GU1 1ZR'),
  vendor('70306', 'GB', 30, 'Tidewater Freight Ltd', 'Orwell Terminal, Dock Lane', 'Felixstowe IP11 4ZX'),
  vendor('70401', 'IE', 30, 'Dunmore Laboratory Supplies Ltd', 'Mervue Business Park 6', 'Galway H91 XX4Y'),
  vendor('70402', 'IE', 30, 'Liffeyside Office Products Ltd', '38 Usher Lane', 'Dublin 8, D08 YY2N'),
  vendor('70501', 'NL', 30, 'Van der Klomp Packaging B.V.', 'Keileweg 210', '3029 BT Rotterdam'),
  vendor('70502', 'NL', 14, 'Waterland Flowers B.V.', 'Legmeerdijk 313', '1431 GB Aalsmeer'),
  vendor('70601', 'US', 30, 'Cedar Ridge Tooling Inc.', '4410 Valley Pike', 'Dayton, OH 45424'),
  vendor('70602', 'US', 15, 'Blue Heron Software LLC', '715 NW Hoyt Street, Floor 3', 'Portland, OR 97209'),
  vendor('70603', 'US', 45, 'Ironwood Industrial Supply Co.', '1890 Kensington Avenue', 'Buffalo, NY 14215'),
];

/** Sellers the master data does not know: a person decides whether they become vendors. */
export const strangers: readonly Vendor[] = [
  vendor(
    '99001',
    'DE',
    14,
    'Rabenstein Consulting UG (haftungsbeschränkt)',
    'Stresemannallee 9',
    '60596 Frankfurt am Main',
  ),
  vendor('99002', 'GB', 14, 'Quayside Interiors Ltd', '2 Custom House Steps', 'Newcastle upon Tyne NE1 3ZQ'),
  vendor('99003', 'US', 30, 'Silverlake Promotions Inc.', '2271 Rowena Avenue', 'Los Angeles, CA 90039'),
];

function vendor(code: string, country: Country, termsDays: number, name: string, street: string, city: string): Vendor {
  const chance = seeded(`vendor ${code}`);
  const currency: Currency = country === 'GB' ? 'GBP' : country === 'US' ? 'USD' : 'EUR';
  const language: Language = country === 'DE' || country === 'AT' ? 'de' : 'en';
  const [vatId, iban] = [vatIdIn(country, chance), ibanIn(country, chance)];
  return { code, name, street, city, country, vatId, iban, currency, termsDays, language };
}

function vatIdIn(country: Country, chance: Seeded): string {
  const start = String(chance.int(1, 8));
  switch (country) {
    case 'DE':
      return germanVatId(start + chance.digits(7));
    case 'AT':
      return austrianVatId(start + chance.digits(6));
    case 'GB':
      return britishVatId(start + chance.digits(6));
    case 'IE':
      return irishVatId(start + chance.digits(6));
    case 'NL':
      return dutchVatId(start + chance.digits(7));
    case 'US':
      return '';
  }
}

/** Bank codes come from ranges no bank holds, so that nobody's account is on a demo paper. */
function ibanIn(country: Country, chance: Seeded): string {
  switch (country) {
    case 'DE':
      return ibanFor('DE', `99${chance.digits(6)}${chance.digits(10)}`);
    case 'AT':
      return ibanFor('AT', `99${chance.digits(3)}${chance.digits(11)}`);
    case 'GB':
      return ibanFor('GB', `${chance.pick(['CMBK', 'HLWB', 'TRNB'])}99${chance.digits(4)}${chance.digits(8)}`);
    case 'IE':
      return ibanFor('IE', `SHNB99${chance.digits(4)}${chance.digits(8)}`);
    case 'NL':
      return ibanFor('NL', `WTLB${dutchAccount(chance)}`);
    case 'US':
      return '';
  }
}

/** Dutch accounts pass the eleven test. */
function dutchAccount(chance: Seeded): string {
  for (;;) {
    const account = `0${chance.digits(9)}`;
    const sum = [...account].reduce((total, digit, i) => total + Number(digit) * (10 - i), 0);
    if (sum % 11 === 0) return account;
  }
}
