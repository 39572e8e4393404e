import type { Page, Word } from '#core';
import { type Seeded, seeded } from '#demo';
import type { KnownPaper } from './papers.ts';

/**
 * Pages of kinds the demo's maker does not draw, as a text layer would give them: enough wording of each kind, in three
 * languages, that a classifier learns what to look at. Names and numbers are drawn by lot.
 */
export function writtenPapers(seed: number, each: number): KnownPaper[] {
  return Object.entries(WRITERS).flatMap(([type, write]) =>
    Array.from({ length: each }, (_, i): KnownPaper => {
      const chance = seeded(`written ${seed} ${type} ${i}`);
      const language = chance.pick(['en', 'en', 'de', 'de', 'fr'] as const);
      return { type, family: `${type} ${language} ${i % 10}`, pages: [pageOf(write(chance, language), chance)] };
    }),
  );
}

type Language = 'en' | 'de' | 'fr';
/** A line of text, or its columns. */
type Written = string | readonly string[];

const WRITERS: Readonly<Record<string, (chance: Seeded, language: Language) => Written[]>> = {
  letter: writeLetter,
  order: (chance, language) => writeTrade(chance, language, 'order'),
  'credit-note': (chance, language) => writeTrade(chance, language, 'credit-note'),
  receipt: writeReceipt,
  form: writeForm,
  unknown: writeOther,
};

const FILLER: Readonly<Record<Language, readonly string[]>> = {
  en: 'we would like to inform you that our office will be closed during the week and all matters are handled later by the team please note further details below as agreed in our last call with regards to your question about the product and service'.split(
    ' ',
  ),
  de: 'wir möchten Sie darüber informieren dass unser Büro in der Woche geschlossen bleibt und alle Anliegen später bearbeitet werden bitte beachten Sie die folgenden Hinweise wie besprochen zu Ihrer Frage nach dem Vorgang und der weiteren Abwicklung'.split(
    ' ',
  ),
  fr: 'nous souhaitons vous informer que notre bureau sera fermé pendant la semaine et toutes les demandes seront traitées plus tard merci de noter les informations suivantes comme convenu lors de notre dernier appel concernant votre question'.split(
    ' ',
  ),
};

function prose(chance: Seeded, language: Language, lines: number): string[] {
  return Array.from({ length: lines }, () =>
    Array.from({ length: chance.int(7, 13) }, () => chance.pick(FILLER[language])).join(' '),
  );
}

function name(chance: Seeded): string {
  const parts = ['Al', 'Ber', 'Cor', 'Dan', 'El', 'Fen', 'Gra', 'Hol', 'Is', 'Jor', 'Kel', 'Lom', 'Mar', 'Nor', 'Ost'];
  return `${chance.pick(parts)}${chance.pick(['den', 'mann', 'ville', 'ster', 'wick', 'berg'])}`;
}

function firm(chance: Seeded): string {
  return `${name(chance)} ${chance.pick(['GmbH', 'Ltd', 'SARL', 'Inc.', 'AG', '& Co.'])}`;
}

function amount(chance: Seeded, language: Language): string {
  const cents = chance.digits(2);
  return language === 'en' ? `${chance.int(2, 900)}.${cents}` : `${chance.int(2, 900)},${cents}`;
}

function day(chance: Seeded, language: Language): string {
  const [d, m] = [chance.int(1, 28), chance.int(1, 12)].map((part) => String(part).padStart(2, '0'));
  return language === 'en' ? `${m}/${d}/2025` : `${d}.${m}.2025`;
}

function writeLetter(chance: Seeded, language: Language): Written[] {
  const greeting = {
    en: ['Dear Sir or Madam,', `Dear Mr ${name(chance)},`, 'Dear customer,', 'To all departments'],
    de: ['Sehr geehrte Damen und Herren,', `Sehr geehrter Herr ${name(chance)},`, `Guten Tag Frau ${name(chance)},`],
    fr: ['Madame, Monsieur,', `Cher Monsieur ${name(chance)},`],
  }[language];
  const farewell = {
    en: ['Yours sincerely', 'Kind regards', 'Yours faithfully', 'Best regards'],
    de: ['Mit freundlichen Grüßen', 'Freundliche Grüße'],
    fr: ['Cordialement', 'Veuillez agréer nos salutations distinguées'],
  }[language];
  const subject = { en: 'Subject:', de: 'Betreff:', fr: 'Objet :' }[language];
  return [
    firm(chance),
    `${name(chance)}str. ${chance.int(1, 90)}`,
    day(chance, language),
    ...(chance.chance(0.6) ? [`${subject} ${prose(chance, language, 1)[0]!.slice(0, 30)}`] : []),
    chance.pick(greeting),
    ...prose(chance, language, chance.int(5, 22)),
    chance.pick(farewell),
    `${name(chance)} ${name(chance)}`,
  ];
}

const TRADE = {
  order: {
    en: {
      titles: ['Purchase Order', 'Order confirmation'],
      number: ['PO Number', 'Order No.'],
      when: 'Order date',
      close: 'Please supply the goods listed. Delivery date:',
    },
    de: {
      titles: ['Bestellung', 'Auftragsbestätigung'],
      number: ['Bestellnummer', 'Bestell-Nr.'],
      when: 'Bestelldatum',
      close: 'Bitte liefern Sie bis zum',
    },
    fr: {
      titles: ['Bon de commande'],
      number: ['Numéro de commande'],
      when: 'Date de commande',
      close: 'Merci de livrer avant le',
    },
  },
  'credit-note': {
    en: {
      titles: ['Credit Note', 'Credit memo'],
      number: ['Credit note no.', 'Credit Note Number'],
      when: 'Date',
      close: 'The amount will be credited to your account. Invoice no.',
    },
    de: {
      titles: ['Gutschrift', 'Rechnungskorrektur', 'Stornorechnung'],
      number: ['Gutschrift-Nr.', 'Gutschriftsnummer'],
      when: 'Datum',
      close: 'Der Betrag wird Ihrem Konto gutgeschrieben. Zu Rechnung Nr.',
    },
    fr: {
      titles: ['Avoir'],
      number: ["Numéro d'avoir"],
      when: 'Date',
      close: 'Le montant sera crédité sur votre compte. Facture n°',
    },
  },
} as const;

function writeTrade(chance: Seeded, language: Language, type: keyof typeof TRADE): Written[] {
  const { titles, number, when, close } = TRADE[type][language];
  const head = {
    en: ['Description', 'Qty', 'Unit price', 'Amount'],
    de: ['Bezeichnung', 'Menge', 'Einzelpreis', 'Gesamt'],
    fr: ['Désignation', 'Quantité', 'Prix unitaire', 'Montant'],
  }[language];
  const sums = {
    en: ['Subtotal', 'VAT 20 %', 'Total'],
    de: ['Nettobetrag', 'MwSt. 19 %', 'Gesamtbetrag'],
    fr: ['Total HT', 'TVA 20 %', 'Total TTC'],
  }[language];
  const rows = Array.from({ length: chance.int(1, 8) }, () => [
    `${name(chance)} ${chance.digits(3)}`,
    String(chance.int(1, 40)),
    amount(chance, language),
    amount(chance, language),
  ]);
  return [
    firm(chance),
    `# ${chance.pick(titles)}`,
    [`${chance.pick(number)}:`, `${chance.pick(['A', 'PO-', '', 'G'])}${chance.digits(6)}`],
    [`${when}:`, day(chance, language)],
    firm(chance),
    head,
    ...rows,
    ...sums.map((label) => ['', '', label, amount(chance, language)]),
    `${close} ${type === 'order' ? day(chance, language) : chance.digits(6)}`,
  ];
}

function writeReceipt(chance: Seeded, language: Language): Written[] {
  const words = {
    en: {
      sum: ['TOTAL', 'Total Amount', 'TOTAL DUE'],
      cash: ['CASH', 'Cash tendered'],
      back: 'CHANGE',
      thanks: 'Thank you, please come again',
      no: 'Receipt No',
    },
    de: {
      sum: ['SUMME', 'Zu zahlen'],
      cash: ['BAR', 'Gegeben'],
      back: 'Rückgeld',
      thanks: 'Vielen Dank für Ihren Einkauf',
      no: 'Bon-Nr.',
    },
    fr: {
      sum: ['TOTAL', 'A PAYER'],
      cash: ['ESPECES', 'CB'],
      back: 'RENDU',
      thanks: 'Merci de votre visite',
      no: 'Ticket',
    },
  }[language];
  const goods = Array.from({ length: chance.int(1, 9) }, () => [name(chance).toUpperCase(), amount(chance, language)]);
  return [
    firm(chance).toUpperCase(),
    `${name(chance)} ${chance.int(1, 90)}, ${chance.digits(5)} ${name(chance)}`,
    `${words.no}: ${chance.digits(5)}`,
    `${day(chance, language)} ${chance.int(8, 20)}:${chance.digits(2)}`,
    ...goods,
    [chance.pick(words.sum), amount(chance, language)],
    [chance.pick(words.cash), amount(chance, language)],
    [words.back, amount(chance, language)],
    words.thanks,
  ];
}

const ASKED: Readonly<Record<Language, readonly string[]>> = {
  en: [
    'Name:',
    'Date of birth:',
    'Address:',
    'Telephone:',
    'Signature:',
    'Date:',
    'Department:',
    'Account no:',
    'City',
    'State',
    'Zip',
    'Comments:',
    'Title',
    'Check one: □ yes □ no',
    'Brand:',
    'To:',
    'From:',
    'Fax:',
    'Number of pages:',
    'Project',
  ],
  de: [
    'Name:',
    'Geburtsdatum:',
    'Anschrift:',
    'Telefon:',
    'Unterschrift:',
    'Datum:',
    'Abteilung:',
    'Ort',
    'PLZ',
    'Zutreffendes ankreuzen □',
    'Familienstand:',
    'Beruf',
  ],
  fr: [
    'Nom :',
    'Prénom :',
    'Date de naissance :',
    'Adresse :',
    'Téléphone :',
    'Signature :',
    'Code postal',
    'Ville',
    'Cochez la case □',
  ],
};

function writeForm(chance: Seeded, language: Language): Written[] {
  const title = {
    en: ['APPLICATION FORM', 'REQUEST FORM', 'Registration', 'FAX COVER SHEET', 'REPORT FORM'],
    de: ['Antrag', 'Formular', 'Anmeldung'],
    fr: ['Formulaire', 'Demande'],
  }[language];
  const asked = chance.shuffle(ASKED[language]).slice(0, chance.int(6, ASKED[language].length));
  const filled = () => chance.pick(['', '__________', name(chance), chance.digits(5), day(chance, language)]);
  const lines = asked.map((label) =>
    chance.chance(0.4) ? [label, filled(), chance.pick(ASKED[language]), filled()] : [label, filled()],
  );
  return [`# ${chance.pick(title)}`, ...lines, ...(chance.chance(0.5) ? prose(chance, language, 2) : [])];
}

/** Contracts, pay slips, balance sheets, articles, next to nothing: readable, and none of the kinds that have an extractor. */
function writeOther(chance: Seeded, language: Language): Written[] {
  const row = (label: string) => [label, amount(chance, language), amount(chance, language)];
  const lists: readonly (readonly string[])[] = [
    ['Basic salary', 'Overtime', 'Gross pay', 'Income tax', 'Pension', 'Net pay'],
    ['Bruttolohn', 'Lohnsteuer', 'Krankenversicherung', 'Rentenversicherung', 'Auszahlungsbetrag'],
    ['Current assets', 'Inventories', 'Liabilities', 'Equity', 'Total assets'],
    ['Anlagevermögen', 'Umlaufvermögen', 'Verbindlichkeiten', 'Eigenkapital', 'Bilanzsumme'],
    ['Opening balance', 'Deposits', 'Withdrawals', 'Closing balance'],
  ];
  const kind = chance.int(0, 3);
  if (kind === 0)
    return [
      firm(chance),
      `# ${chance.pick(['Payslip', 'Balance sheet', 'Statement', 'Bilanz'])}`,
      ...chance.pick(lists).map(row),
    ];
  if (kind === 1)
    return [
      `# ${chance.pick(['Agreement', 'Contract', 'Vertrag', 'Contrat'])}`,
      ...prose(chance, language, chance.int(15, 40)),
      'Section 1. The parties hereby agree',
    ];
  if (kind === 2) return [`# ${name(chance)}`, ...prose(chance, language, chance.int(12, 45))];
  return prose(chance, language, chance.int(0, 2));
}

const LETTER = 9;
const LEFT = 90;

function pageOf(lines: readonly Written[], chance: Seeded): Page {
  const top = chance.int(60, 160);
  const step = chance.int(24, 34);
  const words = lines.flatMap((line, i): Word[] => {
    const columns = typeof line === 'string' ? [line] : line;
    return columns.flatMap((text, column) => wordsAt(text, LEFT + column * 270, top + i * step));
  });
  return {
    number: 1,
    width: 1240,
    height: Math.max(1754, top + lines.length * step),
    source: 'text',
    rotation: 0,
    words,
  };
}

/** Words of a text from a place on; one that begins with `# ` is a title in large type. */
function wordsAt(text: string, left: number, top: number): Word[] {
  const size = text.startsWith('# ') ? 2 : 1;
  const plain = text.replace(/^# /, '');
  return [...plain.matchAll(/\S+/g)].map((match) => ({
    text: match[0],
    confidence: 1,
    page: 1,
    x0: left + match.index * LETTER * size,
    x1: left + (match.index + match[0].length) * LETTER * size,
    y0: top,
    y1: top + 17 * size,
  }));
}
