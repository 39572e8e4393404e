import { bare, distanceWithin } from '../labels.ts';

/** Words that ask for something on forms of any trade; a label may hold others beside them. */
const LABEL_WORDS: ReadonlySet<string> = new Set(
  `account acct address adresse age agency amount anschrift anzahl applicant approval approved article artikel attention attn authorized bank
  batch betrag betreff birth bis brand budget buyer by category cc cell center centre charge circulation city class client code comment comments
  commencing company completed contact contract copies cost country county coupon customer date dated datum department dept
  description desc destination distribution division document dosage due duration effective email emp employee employer end
  ending expiration expires extension ext fax fee file firma firstname floor for form from geburtsdatum gehalt gender grade
  gross hours hrs id identification instructions invoice issue issued item job kunde kundennummer lab label lastname length
  location lot mail manager manufacturer market material media message method mobile model month name names nationality
  net netto no nr number nummer occupation office order ordered ort pages page patient pay payment period person personalnummer
  phone plz position price priority product project proposal purpose qty quantity quotation rate reason recommended received
  recipient reference ref region remark remarks reply report request requested required requestor result results reviewed room salary sales
  sample section sender serial sex ship signature signed size source specimen sponsor ssn start starting state status steuerklasse
  store strasse straße street study subject submitted supervisor supplier tax tel telefon telephone term test tested time title
  to today total transaction type unit units value vendor von volume week weight wt year years zip zu`
    .split(/\s+/)
    .map(bare),
);
const LONG_WORDS = [...LABEL_WORDS].filter((word) => word.length >= 5);

/** Small words inside labels; none of them makes one. */
const JOINERS: ReadonlySet<string> = new Set(
  'of the and or per der des die und in am für de la le'.split(' ').map(bare),
);

function isKnown(word: string): boolean {
  return LABEL_WORDS.has(word) || (word.endsWith('s') && LABEL_WORDS.has(word.slice(0, -1)));
}

/** A word as it was read. */
interface Said {
  readonly text: string;
  readonly confidence: number;
}

/** From here on an engine is sure of a word; of four letters one is soon another word, so less is asked. */
const SURE = 0.95;
const SURE_OF_FOUR = 0.8;

/** Whether this is a label's word, forgiving one letter of a long word that the engine was unsure of: `Salem` is no `Sales`. */
function isLabelWord({ text, confidence }: Said): boolean {
  const word = bare(text);
  if (isKnown(word)) return true;
  if (confidence >= SURE || word.length < 5 || /^\d/.test(word)) return false;
  return LONG_WORDS.some((known) => distanceWithin(word, known, 1));
}

function isJoiner(text: string): boolean {
  return JOINERS.has(bare(text));
}

/** How many words from the start make a label: `Date of birth`, `Fax No`; 0 where the first word is none. */
export function labelPrefix(words: readonly Said[]): number {
  let length = 0;
  for (const [i, word] of words.entries()) {
    if (isLabelWord(word) || (i > 0 && /^\(.*\p{L}.*\)$|^#$/u.test(word.text))) length = i + 1;
    else if (i === 0 || !isJoiner(word.text)) break;
  }
  return length;
}

/** How many words at the end make a label. */
export function labelSuffix(words: readonly Said[]): number {
  let length = 0;
  for (let taken = 1; taken <= words.length; taken++) {
    const word = words[words.length - taken]!;
    if (isLabelWord(word)) length = taken;
    else if (!isJoiner(word.text)) break;
  }
  return length;
}

/** A label's words as they are known, where an engine was unsure and one letter makes the difference: `Dace:` is `Date:`. */
export function mendedLabel({ text, confidence }: Said): string {
  const word = bare(text);
  const letters = /\p{L}+/u.exec(text)?.[0] ?? '';
  if (
    confidence >= (word.length > 4 ? SURE : SURE_OF_FOUR) ||
    word.length < 4 ||
    letters.length < word.length ||
    isKnown(word)
  )
    return text;
  const meant = [...LABEL_WORDS].filter((known) => known.length >= 4 && distanceWithin(word, known, 1));
  return meant.length === 1 ? text.replace(letters, inCaseOf(letters, meant[0]!)) : text;
}

function inCaseOf(model: string, word: string): string {
  if (model === model.toUpperCase()) return word.toUpperCase();
  return model[0] === model[0]?.toUpperCase() ? word[0]!.toUpperCase() + word.slice(1) : word;
}
