import { addressWords, isPlaceLine } from '../../fields/addressWords.ts';
import type { Token } from '../../fields/lines.ts';
import type { Candidate } from '../../fields/nearLabel.ts';
import { inCaseOf } from '../../fields/spelling.ts';
import { agreementOf, type HeadLine, isCoded } from './head.ts';

const LONGEST = 7;
/** What says that an address follows. */
const LABEL =
  /^\W*(?:(?:hq|head\s?quarters?|head office|main office|office|branch|outlet)\W+)?(?:add(?:ress)?|alamat|anschrift|adresse)\W+|^\W*(?:hq|head office|main office)\W+/i;

/** From the first line of an address to its postcode, and on through the places that follow it. */
export function findAddresses(head: readonly HeadLine[], company: string): Candidate<string>[] {
  const start = head.findIndex((line) => line.role === 'address' && !isBranch(line, company));
  if (start < 0) return [];
  const lines: HeadLine[] = [];
  for (const one of head.slice(start, start + LONGEST + 3)) {
    const coded = lines.some(({ text }) => isCoded(text));
    if (one.role === 'register' || one.role === 'noise') continue;
    if (one.role === 'contact' || one.role === 'title') break;
    if (coded && !isPlaceLine(one.text)) break;
    if (one.role === 'name' && !coded && !leadsOn(one, head)) break;
    lines.push(one);
    if (lines.length === LONGEST) break;
  }
  const parts = lines.map((line) => addressText(line.tokens));
  const tokens = lines.flatMap((line) => line.tokens);
  const value = parts
    .map((part) => part.text.replace(/[,;.]?\s*$/, ''))
    .join(', ')
    .replace(LABEL, '');
  const coded = lines.some(({ text }) => isCoded(text));
  const repaired = parts.some((part) => part.repaired);
  return [
    {
      value,
      tokens,
      line: lines[0]!.line,
      score: coded ? 0.8 : 0.5,
      evidence: [coded ? 'postcode' : 'position', ...agreementOf(lines), ...(repaired ? ['spelling'] : [])],
      ...(repaired && { repaired }),
    },
  ];
}

/** The company's name again, with its branch: `Grocer & Sons, Market Place 2`. */
function isBranch({ text }: HeadLine, company: string): boolean {
  const [first = ''] = company.split(' ');
  return first.length > 2 && text.toLowerCase().startsWith(`${first.toLowerCase()} `) && !isCoded(text);
}

/** A line that looks like a name stands inside an address where more of the address follows. */
function leadsOn(one: HeadLine, head: readonly HeadLine[]): boolean {
  const next = head[head.indexOf(one) + 1];
  return next?.role === 'address';
}

/** Words below this confidence may be misread; a sure word stays, however rare it is. */
const SURE_WORD = 0.9;

/** Section codes of streets begin with letters that look like digits: `SS21/62`, and `No.1`. */
const MISREAD_CODES: readonly (readonly [RegExp, string])[] = [
  [/(?<![\p{L}\d])[5S§$]{2}(?=\d{1,2}[A-Z]?\/\d)/gu, 'SS'],
  [/[§$](?=\d)/g, 'S'],
  [/^(no\.?)[lIT|](?=,?$)/i, '$11'],
];

/** The line's text with misread words of addresses put right. */
function addressText(tokens: readonly Token[]): { text: string; repaired: boolean } {
  let repaired = false;
  const words = tokens.map((token) => {
    const word = MISREAD_CODES.reduce((text, [code, meant]) => text.replace(code, meant), repairedWord(token));
    repaired ||= word !== token.text;
    return word;
  });
  return { text: words.join(' '), repaired };
}

function repairedWord({ text, confidence }: Token): string {
  const match = /^([^\p{L}]*)([\p{L}§$_|]{3,})([^\p{L}]*)$/u.exec(text);
  if (!match || confidence >= SURE_WORD) return text;
  const [, before = '', word = '', after = ''] = match;
  const meant = addressWords.nearest(word);
  return meant === null ? text : before + inCaseOf(word, meant) + after;
}
