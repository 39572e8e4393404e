/** What a seller sells. Prices are cents per unit; quantities run from `from` to `to` in steps of `step` thousandths. */
export interface Article {
  readonly text: string;
  readonly unit: string;
  readonly price: number;
  readonly from: number;
  readonly to: number;
  readonly step: number;
  /** At the reduced rate of the seller's country. */
  readonly reduced: boolean;
}

type Row = readonly [text: string, unit: string, price: number, from: number, to: number, more?: 'reduced' | number];

const ROWS = {
  buero: [
    ['Kopierpapier A4, 80 g/m², weiß, 500 Blatt', 'Pack', 449, 10, 120],
    ['Ordner A4, 80 mm, blau', 'Stk', 219, 5, 60],
    ['Toner HX-4200 schwarz, 8.000 Seiten', 'Stk', 8990, 1, 6],
    ['Haftnotizen 76 x 76 mm, gelb, 12 Blöcke', 'Pack', 795, 2, 20],
    ['Kugelschreiber Modell 305, Strichstärke M', 'Stk', 89, 20, 200],
    ['Bürodrehstuhl „Kontor“, anthrazit', 'Stk', 24900, 1, 8],
    ['Versandtaschen C4, braun, 250 Stück', 'Karton', 2349, 1, 10],
    ['Whiteboard 120 x 90 cm, emailliert', 'Stk', 13950, 1, 3],
  ],
  elektro: [
    ['Leitung NYM-J 3x1,5 mm², Ring 100 m', 'Ring', 6480, 1, 12],
    ['LS-Schalter B16, 1-polig', 'Stk', 345, 5, 80],
    ['FI-Schutzschalter 40 A / 30 mA, 4-polig', 'Stk', 4275, 1, 10],
    ['Kabelkanal 40 x 60 mm, reinweiß, 2 m', 'Stk', 785, 10, 60],
    ['LED-Feuchtraumleuchte 1500 mm, 48 W', 'Stk', 3990, 4, 40],
    ['Steckdose Aufputz IP54, 2-fach', 'Stk', 1120, 2, 30],
    ['Montage Unterverteilung, Elektromonteur', 'Std', 6200, 2, 24, 500],
    ['Prüfung nach DGUV V3 mit Protokoll', 'Stk', 480, 20, 160],
  ],
  druck: [
    ['Briefbogen DIN A4, 4/0-farbig, 90 g Offset', 'Tsd', 8400, 1, 10],
    ['Visitenkarten 85 x 55 mm, 350 g matt', 'Satz', 3950, 2, 20],
    ['Flyer DIN lang, 6-seitig, Wickelfalz', 'Tsd', 11250, 1, 15],
    ['Broschüre A4, 24 Seiten, Rückstichheftung', 'Stk', 315, 100, 900],
    ['Satz- und Reinzeichnungsarbeiten', 'Std', 7200, 1, 9, 250],
    ['Plakat A1, 135 g Bilderdruck', 'Stk', 680, 10, 90],
    ['Druckdatenprüfung und Proof', 'Psch', 2500, 1, 1],
  ],
  feinkost: [
    ['Nordsee-Krabben, geschält, 500 g', 'Schale', 1690, 2, 14, 'reduced'],
    ['Katenschinken, 12 Monate gereift', 'kg', 2480, 2, 12, 250],
    ['Friesentee, Broken, lose', 'kg', 2250, 1, 8, 'reduced'],
    ['Brötchen, belegt, gemischte Platte', 'Stk', 320, 20, 120, 'reduced'],
    ['Mineralwasser medium 12 x 0,75 l', 'Kiste', 645, 4, 40],
    ['Rotwein Cuvée trocken, 0,75 l', 'Fl.', 890, 6, 48],
    ['Sanddornmarmelade 340 g', 'Glas', 545, 4, 36, 'reduced'],
    ['Leihgeschirr und Gläser, je Gedeck', 'Stk', 210, 10, 80],
  ],
  reinigung: [
    ['Unterhaltsreinigung Bürofläche, Etage 1 bis 3', 'Monat', 148500, 1, 1],
    ['Glasreinigung innen und außen', 'm²', 165, 80, 420],
    ['Grundreinigung Treppenhaus', 'Psch', 38000, 1, 2],
    ['Reinigungskraft, Zusatzstunden', 'Std', 2690, 2, 30, 500],
    ['Teppichreinigung Sprühextraktion', 'm²', 395, 20, 180],
    ['Verbrauchsmaterial Sanitär', 'Psch', 8450, 1, 1],
  ],
  it: [
    ['Notebook 14" i5, 16 GB RAM, 512 GB SSD', 'Stk', 94900, 1, 12],
    ['Monitor 27" QHD, höhenverstellbar', 'Stk', 25900, 1, 16],
    ['Dockingstation USB-C, 96 W', 'Stk', 16490, 1, 16],
    ['Lizenz Virenschutz Business, 12 Monate', 'Stk', 2890, 5, 80],
    ['Einrichtung Arbeitsplatz vor Ort', 'Std', 9800, 1, 16, 250],
    ['Netzwerk-Switch 24 Port, PoE+', 'Stk', 34900, 1, 4],
    ['Wartungsvertrag Server, monatlich', 'Monat', 28500, 1, 3],
  ],
  schrauben: [
    ['6kt-Schraube DIN 933 M8x40 8.8 vz', 'Stk', 14, 200, 3000],
    ['6kt-Mutter DIN 934 M8 kl. 8 vz', 'Stk', 6, 200, 4000],
    ['Scheibe DIN 125 A 8,4 vz', 'Stk', 3, 500, 5000],
    ['Zyl.-Schraube DIN 912 M6x20 12.9', 'Stk', 11, 100, 2000],
    ['Gewindestange DIN 976 M10x1000', 'Stk', 185, 10, 120],
    ['Blindniet Alu/Stahl 4,0x10', 'Pack', 690, 2, 40],
    ['Spanplattenschr. TX 5,0x60 gelb', 'Pack', 845, 2, 50],
    ['Sicherungsring DIN 471 20x1,2', 'Stk', 9, 100, 1500],
    ['Augenschraube DIN 580 M12 C15', 'Stk', 215, 4, 60],
  ],
  spedition: [
    ['Stückgut Hamburg - Wien, 3 Paletten', 'Sdg', 41800, 1, 3],
    ['Teilladung 7,5 Ldm Hamburg - Linz', 'Sdg', 98500, 1, 2],
    ['Treibstoffzuschlag', 'Psch', 6200, 1, 1],
    ['Lagergeld Palettenplatz', 'Tag', 65, 30, 600],
    ['Ein- und Auslagerung je Palette', 'Stk', 480, 6, 90],
    ['Hebebühnenfahrzeug', 'Psch', 4500, 1, 3],
    ['Avisierung telefonisch', 'Stk', 350, 1, 9],
  ],
  pflanzen: [
    ['Hydrokultur Büropflanze Ficus, 140 cm', 'Stk', 7450, 1, 10, 'reduced'],
    ['Schnittblumenstrauß Empfang, wöchentlich', 'Stk', 2800, 1, 8, 'reduced'],
    ['Pflanzgefäß Terrazzo 40 x 40 cm', 'Stk', 8900, 1, 8],
    ['Lavendel im 3-l-Topf', 'Stk', 645, 6, 60, 'reduced'],
    ['Pflegeservice Innenbegrünung', 'Std', 4400, 1, 8, 500],
    ['Pflanzerde torffrei, 40 l', 'Sack', 1090, 2, 30],
  ],
  energie: [
    ['Arbeitspreis Strom, Zähler 1 EMH 0047 2210', 'kWh', 29, 1800, 9800],
    ['Grundpreis Strom', 'Monat', 1490, 1, 3],
    ['Arbeitspreis Gas, Zähler 7 ELS 6003 1187', 'kWh', 11, 2500, 14000],
    ['Grundpreis Gas', 'Monat', 1250, 1, 3],
    ['Trinkwasser', 'm³', 214, 20, 190, 'reduced'],
    ['Messstellenbetrieb', 'Monat', 420, 1, 3],
  ],
  maler: [
    ['Wandflächen spachteln und schleifen, Q3', 'm²', 1150, 20, 140],
    ['Dispersionsanstrich 2-fach, weiß', 'm²', 890, 40, 260],
    ['Türzargen lackieren, seidenmatt', 'Stk', 6900, 2, 14],
    ['Abdeck- und Schutzarbeiten', 'Psch', 14500, 1, 1],
    ['Malergeselle, Stundenlohnarbeiten', 'Std', 5250, 2, 18, 500],
    ['An- und Abfahrt', 'Psch', 3500, 1, 3],
  ],
  getraenke: [
    ['Alpenquell Mineralwasser still 20 x 0,5 l', 'Kiste', 890, 6, 60],
    ['Apfelsaft gespritzt 24 x 0,33 l', 'Kiste', 1640, 2, 30],
    ['Holundersirup 0,7 l', 'Fl.', 580, 3, 24],
    ['Vollmilch haltbar 12 x 1 l', 'Karton', 1368, 1, 20, 'reduced'],
    ['Orangensaft 100 % 12 x 1 l', 'Karton', 1990, 1, 20],
    ['Zustellpauschale', 'Psch', 1200, 1, 1],
  ],
  stahl: [
    ['Flachstahl S235JR 50 x 8 mm, 6 m', 'Stg', 2890, 4, 60],
    ['Blechzuschnitt 3 mm, lasergeschnitten', 'Stk', 1265, 10, 200],
    ['Drehteil Welle Ø 40, nach Zng. 4711-03', 'Stk', 3840, 10, 120],
    ['Kantteil verzinkt, nach Zng. 4808-11', 'Stk', 945, 20, 300],
    ['Schweißbaugruppe Konsole links', 'Stk', 11850, 2, 30],
    ['Abnahmeprüfzeugnis 3.1', 'Psch', 4500, 1, 2],
    ['Pulverbeschichtung RAL 7016', 'm²', 2150, 4, 60],
  ],
  kaffee: [
    ['Espresso „Schlossberg“, ganze Bohne', 'kg', 2190, 3, 40, 'reduced'],
    ['Filterkaffee Hausmischung, gemahlen', 'kg', 1890, 3, 40, 'reduced'],
    ['Entkoffeiniert „Mur“, ganze Bohne', 'kg', 2390, 1, 10, 'reduced'],
    ['Miete Siebträgermaschine, monatlich', 'Monat', 8900, 1, 1],
    ['Service und Entkalkung', 'Psch', 7500, 1, 1],
    ['Papierbecher 0,2 l, 1.000 Stück', 'Karton', 5890, 1, 5],
  ],
  beratung: [
    ['Beratung Prozessaufnahme Einkauf', 'Tag', 118000, 1, 6, 500],
    ['Workshop Zielbild, inkl. Dokumentation', 'Psch', 245000, 1, 1],
    ['Reisekosten pauschal', 'Psch', 18500, 1, 2],
  ],
  stationery: [
    ['Copier paper A4 80 gsm, 5 reams', 'Box', 1895, 4, 50],
    ['Lever arch file A4, black', 'Each', 189, 10, 90],
    ['Ballpoint pen medium, blue, box of 50', 'Box', 749, 1, 16],
    ['Toner cartridge HX-4200, black', 'Each', 7495, 1, 8],
    ['Desk organiser, mesh, 5 compartments', 'Each', 1240, 2, 20],
    ['Padded envelopes C5, box of 100', 'Box', 1360, 1, 12],
    ['Flipchart pads, 40 sheets, pack of 5', 'Pack', 2275, 1, 10],
    ['Operator chair, mesh back, black', 'Each', 15900, 1, 10],
  ],
  fasteners: [
    ['Hex bolt M10 x 50, grade 8.8, BZP', 'Each', 22, 200, 2500],
    ['Hex nut M10, grade 8, BZP', 'Each', 7, 200, 3000],
    ['Spring washer M10', 'Each', 4, 500, 4000],
    ['Socket cap screw M6 x 25, 12.9', 'Each', 13, 100, 2000],
    ['Threaded rod M12 x 1 m, zinc', 'Each', 265, 10, 80],
    ['Self-drilling screw 5.5 x 38, box of 100', 'Box', 890, 2, 40],
    ['Anchor bolt M12 x 110, through fix', 'Each', 118, 50, 400],
    ['Thread locking compound 50 ml', 'Bottle', 1145, 1, 12],
  ],
  print: [
    ['Letterheads A4, 120 gsm laid, 1 colour', '1000', 6450, 1, 10],
    ['Business cards, 400 gsm, matt laminated', 'Set', 3600, 2, 20],
    ['Catalogue 48 pp, perfect bound', 'Each', 412, 100, 800],
    ['Exhibition banner 850 x 2000 mm', 'Each', 8900, 1, 6],
    ['Artwork and proofing', 'Hour', 5500, 1, 8, 250],
    ['Delivery, next day before noon', 'Each', 1850, 1, 2],
  ],
  data: [
    ['Managed colocation, quarter rack', 'Month', 42000, 1, 3],
    ['Leased line 500 Mbit/s, Leeds - Manchester', 'Month', 31500, 1, 3],
    ['Off-site backup storage', 'GB', 4, 2000, 18000],
    ['Call charges, UK landline and mobile', 'Min', 3, 400, 6000],
    ['Additional IPv4 addresses', 'Each', 250, 4, 16],
    ['Remote hands, business hours', 'Hour', 7800, 1, 6, 250],
    ['Monitoring and alerting, per host', 'Each', 950, 4, 40],
  ],
  catering: [
    ['Ground coffee, house blend 1 kg', 'Bag', 1395, 2, 24, 'reduced'],
    ['English breakfast tea, 1100 bags', 'Case', 2499, 1, 8, 'reduced'],
    ['Semi-skimmed milk 12 x 1 litre UHT', 'Case', 1188, 1, 12, 'reduced'],
    ['Paper cups 12 oz, sleeve of 50', 'Sleeve', 465, 4, 40],
    ['Sparkling water 24 x 330 ml', 'Case', 915, 2, 20],
    ['Biscuit assortment, 100 twin packs', 'Box', 1650, 1, 12, 'reduced'],
    ['Dishwasher tablets, tub of 150', 'Tub', 1725, 1, 9],
  ],
  freight: [
    ['FCL 20 ft Felixstowe - Hamburg', 'Cont.', 68500, 1, 4],
    ['LCL groupage, per cubic metre', 'cbm', 4650, 2, 18, 500],
    ['Customs clearance, import entry', 'Each', 5500, 1, 4],
    ['Quay rent and storage', 'Day', 2150, 1, 20],
    ['Haulage to Leeds LS10', 'Each', 39500, 1, 4],
    ['Fuel surcharge', 'Each', 4275, 1, 1],
  ],
  lab: [
    ['Nitrile gloves, powder free, box of 200', 'Box', 1090, 5, 60],
    ['Pipette tips 200 µl, rack of 96', 'Rack', 685, 5, 50],
    ['Borosilicate beaker 600 ml', 'Each', 540, 4, 40],
    ['Magnetic stirrer with hotplate', 'Each', 28900, 1, 4],
    ['Isopropyl alcohol 99.8 %, 5 l', 'Can', 3450, 1, 16],
    ['pH electrode, refillable', 'Each', 11200, 1, 5],
    ['Calibration service, on site', 'Hour', 8800, 1, 6, 500],
  ],
  packaging: [
    ['Corrugated box 400 x 300 x 200, double wall', 'Each', 98, 100, 1200],
    ['Stretch film 500 mm, 23 micron', 'Roll', 745, 6, 72],
    ['Void fill paper, 375 m', 'Roll', 3190, 1, 16],
    ['Packing tape, printed, 66 m', 'Roll', 264, 12, 144],
    ['Euro pallet, heat treated', 'Each', 1275, 4, 60],
    ['Edge protector 50 x 50 x 1000', 'Each', 46, 50, 600],
  ],
  flowers: [
    ['Tulips mixed, bunch of 10', 'Bunch', 285, 20, 200],
    ['Roses Avalanche, 60 cm', 'Stem', 62, 50, 600],
    ['Eucalyptus cinerea', 'Bunch', 245, 10, 80],
    ['Phalaenopsis, 2 stems, ceramic pot', 'Each', 1150, 4, 40],
    ['Seasonal table arrangement', 'Each', 1890, 2, 24],
    ['Refrigerated transport', 'Each', 6500, 1, 1],
  ],
  tooling: [
    ['Carbide end mill 1/2", 4 flute, AlTiN', 'EA', 6840, 2, 24],
    ['Insert CNMG 432, box of 10', 'BX', 9215, 1, 16],
    ['Precision vise 6"', 'EA', 54900, 1, 3],
    ['Drill set 1/16" - 1/2", cobalt, 29 pc', 'SET', 18950, 1, 5],
    ['Fixture plate, machined per drawing 2206', 'EA', 31275, 1, 8],
    ['Cutting fluid, 5 gal pail', 'PL', 12450, 1, 8],
    ['Setup and first article inspection', 'HR', 9500, 1, 10, 250],
  ],
  software: [
    ['Heron Flow Team plan, per seat', 'seat', 2900, 5, 60],
    ['Heron Flow API add-on, monthly', 'mo', 19900, 1, 3],
    ['Onboarding session, remote', 'hr', 18000, 1, 8, 500],
    ['Additional storage, 100 GB', 'unit', 1200, 1, 20],
    ['Priority support, monthly', 'mo', 34900, 1, 3],
  ],
  industrial: [
    ['Safety glasses, anti-fog, clear', 'EA', 645, 12, 144],
    ['Nitrile coated gloves, size L', 'PR', 389, 24, 240],
    ['Shop towels, box of 200', 'BX', 2795, 2, 24],
    ['Ratchet strap 2" x 27 ft', 'EA', 1849, 4, 40],
    ['Absorbent pads, heavy weight, 100 ct', 'BX', 6475, 1, 14],
    ['Steel shelving 48 x 18 x 72', 'EA', 15990, 1, 10],
    ['Spray lubricant 11 oz, case of 12', 'CS', 5988, 1, 12],
  ],
  interiors: [
    ['Acoustic panel 1200 x 600, felt', 'Each', 6400, 4, 40],
    ['Meeting table 2400 mm, oak veneer', 'Each', 89500, 1, 3],
    ['Installation, two fitters', 'Day', 58000, 1, 4, 500],
  ],
  promo: [
    ['Custom mugs 11 oz, 2-color imprint', 'EA', 585, 50, 500],
    ['Trade show tote bags, natural', 'EA', 342, 100, 900],
    ['Setup charge per color', 'EA', 4500, 1, 3],
  ],
} as const satisfies Record<string, readonly Row[]>;

export type Trade = keyof typeof ROWS;

export function articlesOf(trade: Trade): readonly Article[] {
  return ROWS[trade].map((row: Row) => {
    const [text, unit, price, from, to, more] = row;
    const step = typeof more === 'number' ? more : 1000;
    return { text, unit, price, from, to, step, reduced: more === 'reduced' };
  });
}
