import { hasPostcode, isStreet } from './blocks.ts';
import { withoutCurrency } from './currency.ts';
import { bare, entryFor, isLabelText } from './labels.ts';
import { type Line, type Segment, toSegment } from './lines.ts';
import type { Candidate } from './nearLabel.ts';

export const LEGAL_FORM =
  /(?:^|[\s,.])(?:GmbH(?:\s*&\s*Co\.?\s*KG)?|mbH|AG|KG|OHG|GbR|UG|e\.\s?K\.|eK|e\.\s?V\.|SE|KGaA|a\.\s?G\.|Ltd\.?|Limited|PLC|LLP|LLC|Inc\.?|Corp\.?|Corporation|Company|Co\.|B\.?V\.?|N\.?V\.?|S\.?A\.?S?|SARL|S\.?à\.?r\.?l\.?|S\.?r\.?l\.?|S\.?p\.?A\.?|Sdn\.?\s*Bhd\.?|Pty\.?|Pvt\.?|DAC|Aps|AB|Oy|GesmbH|Ges\.?m\.?b\.?H\.?)(?=$|[\s,.;|•·-])/i;
/** Words over an address that are no part of the name. */
const ADDRESSING = /^(?:firma|fa\.?|an|messrs\.?|to|attn\.?|z\.\s?hd\.?)[:.]?$/i;
/** Titles that are set in a line of their own and belong to the name below. */
const TITLE = /^(?:herrn?|frau|mr|mrs|ms|monsieur|madame|m|mme)\.?$/i;
const CONTACT =
  /@|www\.|https?:|(?<!\p{L})(?:tel|fax|iban|bic|ust|vat|steuer|siret?|gln|gtin)|(?<!\p{L})(?:fon|phone)(?!\p{L})/iu;

export function isAddressing(text: string): boolean {
  return ADDRESSING.test(text);
}

export function isTitle(text: string): boolean {
  return TITLE.test(text);
}

export function isContact(text: string): boolean {
  return CONTACT.test(text);
}

/** Whether the text can be the name of a person or a company: words, and none of what stands around names. */
export function isNameLike(text: string): boolean {
  const letters = text.replace(/[^\p{L}]/gu, '').length;
  return (
    letters >= 3 &&
    letters > text.length / 2 &&
    text.length <= 70 &&
    !isLabelText(text) &&
    !isCountry(text) &&
    !CONTACT.test(text) &&
    !hasPostcode(text) &&
    !isStreet(text) &&
    !/:\s*$|\s:\s/.test(text) &&
    !isKnownFact(text)
  );
}

/** Whether the text reads as a caption with what it says, known or not: `Ship via: Road Haulage`, `Invoice number BC-1001`. */
export function isCaptioned(text: string): boolean {
  const caption = captionOf(text);
  return caption === null ? isLabelledValue(text) : !isAddressing(caption);
}

/** Whether a known label says what the text is: `Invoice number: BC-1001`, but not `Studio: Berlin`, which can be a name. */
function isKnownFact(text: string): boolean {
  const caption = captionOf(text);
  return caption === null ? isLabelledValue(text) : !isAddressing(caption) && isLabelText(caption);
}

/** The words up to the first colon that more follows. */
function captionOf(text: string): string | null {
  return /^(.*?\p{L}[.)]?:)\s/u.exec(text)?.[1] ?? null;
}

/** Whether the text is a known label with a value behind it: `Total 12.50 EUR`, `Order no. PO 77`. */
export function isLabelledValue(text: string): boolean {
  const words = text.split(' ');
  return !LEGAL_FORM.test(text) && words.some((_, i) => isLabelWithValue(words.slice(0, i), words.slice(i).join(' ')));
}

function isLabelWithValue(label: readonly string[], value: string): boolean {
  const entry = /\d/.test(value) ? entryFor(label.join(' '), false) : null;
  if (entry === null) return false;
  const sure = label.length > 1 || (entry.names.length > 0 && MANY_DIGITS.test(value));
  return sure || !/\p{L}{2}/u.test(withoutCurrency(value));
}

/** As dates and most numbers have them. */
const MANY_DIGITS = /(?:\d.*){4}/;

const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
let countries: ReadonlySet<string> | undefined;

/** Whether the text is the name of a country and nothing else: the last line of many addresses. */
function isCountry(text: string): boolean {
  countries ??= countryNames();
  return countries.has(bare(text));
}

function countryNames(): Set<string> {
  const codes = LETTERS.flatMap((first) => LETTERS.map((second) => first + second));
  return new Set(
    ['en', 'de', 'fr', 'es', 'it', 'nl'].flatMap((language) => {
      const names = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' });
      return codes.flatMap((code) => bare(names.of(code) ?? '') || []);
    }),
  );
}

/**
 * The name that begins with the first of these segments, which stand under one another. A title goes with the name below;
 * a company's name can be set in two lines, the legal form in the second; and lines set apart from the street are the
 * name together.
 */
export function wholeName(lines: readonly Segment[], height: number): Segment {
  const [first, second] = lines;
  if (!first || !second || second.y0 - first.y1 > 0.6 * height || !isNameLike(second.text))
    return first ?? toSegment([]);
  if (isTitle(first.text) || goesOn(first, second)) return joined([first, second]);
  const end = lines.findIndex((line, i) => i > 0 && line.y0 - lines[i - 1]!.y1 > 0.7 * height);
  const paragraph = lines.slice(0, end);
  const apart = end >= 2 && end <= 3 && isTight(paragraph, height) && paragraph.every(({ text }) => isNameLike(text));
  return apart && isOfAddress(lines[end]!.text) ? joined(paragraph) : first;
}

/** The legal form stands in the second line alone. */
export function goesOn(first: Segment, second: Segment): boolean {
  return !LEGAL_FORM.test(first.text) && LEGAL_FORM.test(second.text) && !/\d/.test(first.text + second.text);
}

function isTight(lines: readonly Segment[], height: number): boolean {
  return lines.every((line, i) => i === 0 || line.y0 - lines[i - 1]!.y1 < 0.35 * height);
}

/** Whether the text is a street or has a postcode. */
export function isOfAddress(text: string): boolean {
  return isStreet(text) || hasPostcode(text);
}

export function joined(segments: readonly Segment[]): Segment {
  return toSegment(segments.flatMap(({ tokens }) => tokens));
}

export function nameCandidate(segment: Segment, line: Line, score: number, evidence: string): Candidate<string> {
  return { value: tidyName(segment.text), tokens: segment.tokens, line, score, evidence: [evidence] };
}

function tidyName(text: string): string {
  return text.replace(/^[\s:|•·,–-]+|[\s:|•·,;–-]+$/g, '');
}
