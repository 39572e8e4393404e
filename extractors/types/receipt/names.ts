import { misreading } from '../../fields/spelling.ts';

/** Legal forms of companies as they end a name, by the countries whose papers we read. */
const LEGAL_FORM =
  /\b(?:s[do0]n\.?\s*b[hn][do]\w?\.?|s\/b|berhad|bhd|plt|gmbh|mbh|ag|kg|ohg|ug|e\.?\s?k|ltd|limited|plc|llp|llc|inc|corp|pty|pte|s\.?a\.?r\.?l|sarl|sas|s\.?a|b\.?v|n\.?v|s\.?r\.?l|s\.?p\.?a|oy|ab|aps)\b\.?/i;
/** What shops call themselves; such a word alone is no name yet. */
const TRADE =
  /\b(?:enterprise|trading|restaurant|restoran|mart|market|supermarket|store|stores|shop|company|co|perniagaan|kedai|syarikat|pasaraya|cafe|café|bistro|bakery|bakeries|bookstore|bookstores|hardware|stationery|pharmacy|farmasi|klinik|hotel|station|service|services|industries|marketing|holdings|group|apotheke|bäckerei|markt|gaststätte|drogerie|boulangerie|pharmacie|brasserie)\b/i;

/** Whether a legal form says that the line names a company. */
export function hasLegalForm(text: string): boolean {
  return LEGAL_FORM.test(withLegalForm(text));
}

const MALAYSIAN = ['SDN', 'BHD'] as const;
const TWO_SHORT_WORDS = /(?<![\p{L}\d])([\p{L}\d]{3})\.?\s?([\p{L}\d]{2,3})(?![\p{L}\d])/gu;

/** The two short words of the Malaysian form are often misread: `SON BHD`, `SDN EHD`, `SDN. BH0`. */
export function withLegalForm(text: string): string {
  const [first, last] = MALAYSIAN;
  return text.replace(TWO_SHORT_WORDS, (found, a: string, b: string) => {
    const cost = misreading(a, first) + misreading(b, last);
    if (cost === 0 || cost > 1) return found;
    return found === found.toUpperCase() ? MALAYSIAN.join(' ') : 'Sdn Bhd';
  });
}

export function hasTrade(text: string): boolean {
  return TRADE.test(text);
}

export function startsWithTrade(text: string): boolean {
  return text.search(TRADE) <= 2 && TRADE.test(text);
}

/** Nothing but forms and trades: the rest of a name whose beginning stands in the line above. */
export function isTailOfName(text: string): boolean {
  const rest = text
    .replace(/\([^)]*\)?/g, ' ')
    .replace(new RegExp(LEGAL_FORM, 'gi'), ' ')
    .replace(new RegExp(TRADE, 'gi'), ' ');
  return (LEGAL_FORM.test(text) || TRADE.test(text)) && !/[\p{L}\p{N}]{2}/u.test(rest);
}
