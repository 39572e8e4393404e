import { type Block, findBlocks, hasPostcode, isStreet } from './blocks.ts';
import { bare, isLabelText, type Label, strengthFor } from './labels.ts';
import type { Layout, Line, Segment, Token } from './lines.ts';
import { toSegment } from './lines.ts';
import type { Candidate } from './nearLabel.ts';

const LEGAL_FORM =
  /(?:^|[\s,.])(?:GmbH(?:\s*&\s*Co\.?\s*KG)?|mbH|AG|KG|OHG|GbR|UG|e\.\s?K\.|eK|e\.\s?V\.|SE|KGaA|a\.\s?G\.|Ltd\.?|Limited|PLC|LLP|LLC|Inc\.?|Corp\.?|Corporation|Company|Co\.|B\.?V\.?|N\.?V\.?|S\.?A\.?S?|SARL|S\.?à\.?r\.?l\.?|S\.?r\.?l\.?|S\.?p\.?A\.?|Sdn\.?\s*Bhd\.?|Pty\.?|Pvt\.?|DAC|Aps|AB|Oy|GesmbH|Ges\.?m\.?b\.?H\.?)(?=$|[\s,.;|•·-])/i;
const SEPARATOR = /\s+[|•●·∙*–—-]\s+|\s*[|•●]\s*|,\s+/;
const SALUTATION = /^(?:herrn?|frau|firma|fa\.?|an|mr\.?|mrs\.?|ms\.?|messrs\.?|to|attn\.?|z\.\s?hd\.?)[:.]?$/i;
const CONTACT = /@|www\.|https?:|\btel|\bfon\b|\bphone|\bfax|\biban\b|\bbic\b|\bust|\bvat\b|\bsteuer/i;

export interface Parties {
  readonly seller: readonly Candidate<string>[];
  readonly buyer: readonly Candidate<string>[];
}

/** Who sells and who buys: by labels, letterhead, sender's line, address window, legal form and web address. */
export function findParties(layout: Layout, labels: readonly Label[]): Parties {
  const blocks = findBlocks(layout);
  const domains = webNames(layout);
  const labelledBuyers = labelled(layout, labels, 'buyer');
  const buyer = ranked([
    ...labelledBuyers,
    ...labelled(layout, labels, 'ship_to').map((candidate) => ({ ...candidate, score: 0.6 * candidate.score })),
    ...addressWindow(layout, blocks, labels, domains),
  ]);
  const bought = new Set(buyer.slice(0, 1).map((candidate) => bare(candidate.value)));
  const seller = ranked([
    ...labelled(layout, labels, 'seller'),
    ...brokenNames(layout, blocks, domains),
    ...letterheads(layout, labels, domains).filter((candidate) => !bought.has(bare(candidate.value))),
  ]);
  const sold = bare(seller[0]?.value ?? '');
  return { seller, buyer: buyer.filter((candidate) => bare(candidate.value) !== sold) };
}

/** The same name seen in several places counts once, its scores added with falling weight. */
function ranked(candidates: readonly Candidate<string>[]): Candidate<string>[] {
  const groups = Map.groupBy(candidates, (candidate) => bare(candidate.value));
  return [...groups.values()]
    .map((group) => {
      const sorted = group.toSorted((a, b) => b.score - a.score);
      const score = sorted.reduce((sum, candidate, i) => sum + candidate.score / 2 ** i, 0);
      const best = bestSpelled(sorted);
      const again = group.some(({ value, line }) => value === best.value && line !== best.line);
      const evidence = new Set([...group.flatMap((candidate) => candidate.evidence), ...(again ? ['repeated'] : [])]);
      return { ...best, score, evidence: [...evidence] };
    })
    .filter((candidate) => candidate.value !== '')
    .sort((a, b) => b.score - a.score);
}

/** Engines lose dots of an ö more easily than they invent them, and headings are often set in capitals only. */
function bestSpelled(sorted: readonly Candidate<string>[]): Candidate<string> {
  const accents = ({ value }: Candidate<string>) => value.replace(/[\p{ASCII}]/gu, '').length;
  const mixed = sorted.filter(({ value }) => value !== value.toUpperCase());
  return (mixed.length > 0 ? mixed : sorted).reduce((best, each) => (accents(each) > accents(best) ? each : best));
}

function labelled(layout: Layout, labels: readonly Label[], name: 'buyer' | 'seller' | 'ship_to'): Candidate<string>[] {
  return labels.flatMap((label) => {
    const strength = strengthFor(label, name);
    const colon = /:$/.test(label.tokens.at(-1)!.text);
    const segment = label.line.segments.find((part) => part.tokens.includes(label.tokens[0]!));
    const aloneInSegment = segment?.tokens.length === label.tokens.length;
    if (strength === 0 || (!colon && !aloneInSegment)) return [];
    const text = besideLabel(label) ?? belowLabel(layout, labels, label);
    return text ? [candidate(text, label.line, strength, 'label')] : [];
  });
}

function besideLabel(label: Label): Segment | null {
  const rest = label.line.tokens.slice(label.end).filter((token) => !/^[:#]$/.test(token.text));
  const segment = label.line.segments.find((part) => part.tokens.includes(rest[0]!));
  const tokens = segment?.tokens.filter((token) => rest.includes(token)) ?? [];
  const near = tokens[0] && tokens[0].x0 - label.tokens.at(-1)!.x1 < 25 * (tokens[0].y1 - tokens[0].y0);
  return near && isNameLike(toSegment(tokens).text) && /:$/.test(label.tokens.at(-1)!.text) ? toSegment(tokens) : null;
}

/** The first name under the label, in its column; a line `Name: …` says it outright. */
function belowLabel(layout: Layout, labels: readonly Label[], label: Label): Segment | null {
  const left = label.tokens[0]!.x0;
  const height = layout.textHeight;
  const below = layout.lines.filter(
    (line) => line.page === label.line.page && line.index > label.line.index && line.y0 - label.line.y1 < 9 * height,
  );
  for (const line of below) {
    if (/^name:?$/i.test(line.tokens[0]!.text) && line.tokens.length > 1) return toSegment(line.tokens.slice(1));
  }
  for (const line of below.slice(0, 4)) {
    const segment = line.segments.find((part) => Math.abs(part.x0 - left) < 1.5 * height);
    if (!segment) continue;
    if (labels.some((other) => other.line === line && segment.tokens.includes(other.tokens[0]!))) {
      if (/:/.test(line.text)) continue;
    }
    if (isNameLike(segment.text)) return segment;
  }
  return null;
}

/** Blocks with a postcode in the upper half: where a letter's window shows the receiver. */
function addressWindow(
  layout: Layout,
  blocks: readonly Block[],
  labels: readonly Label[],
  domains: readonly string[],
): Candidate<string>[] {
  const page = layout.pages[0];
  if (!page) return [];
  return blocks.flatMap((block) => {
    if (block.page !== page.number || block.y0 > 0.5 * page.height || block.segments.length < 2) return [];
    const senderAbove = isSenderLine(block.segments[0]!.text);
    const lines = block.segments.slice(senderAbove ? 1 : 0);
    const start = lines.findIndex((part) => !SALUTATION.test(part.text) && isNameLike(part.text));
    const name = lines[start];
    const address = lines.slice(start + 1, start + 6);
    if (!name || !address.some((part) => hasPostcode(part.text))) return [];
    if (labels.some((label) => label.names.includes('seller') && name.tokens.includes(label.tokens[0]!))) return [];
    let score = senderAbove || followsSenderLine(layout, name) ? 0.9 : 0.45;
    if (start > 0 && SALUTATION.test(lines[start - 1]!.text)) score += 0.2;
    if (lines.some((part) => CONTACT.test(part.text)) || inDomain(name.text, domains)) score -= 0.4;
    if (name.x0 < 0.2 * page.width) score += 0.05;
    if (name.y0 < 0.1 * page.height) score -= 0.3;
    return score > 0 ? [candidate(name, lineOf(layout, name), score, 'position')] : [];
  });
}

function followsSenderLine(layout: Layout, name: Segment): boolean {
  return layout.lines.some((line) =>
    line.segments.some(
      (part) =>
        part.page === name.page &&
        name.y0 > part.y0 &&
        name.y0 - part.y1 < 5 * layout.textHeight &&
        Math.abs(part.x0 - name.x0) < 2 * layout.textHeight &&
        isSenderLine(part.text),
    ),
  );
}

/** `Acme GmbH | Europa-Allee 1980 | 60486 Frankfurt` in one line. */
function isSenderLine(text: string): boolean {
  const parts = text.split(SEPARATOR).filter(Boolean);
  const told = LEGAL_FORM.test(parts[0] ?? '') || /\s[|•●·∙*–—-]\s|[|•●]/.test(text);
  return told && parts.length >= 3 && parts.length <= 7 && hasPostcode(text) && !/:/.test(parts[0]!);
}

function letterheads(layout: Layout, labels: readonly Label[], domains: readonly string[]): Candidate<string>[] {
  const first = layout.pages[0];
  return layout.lines.flatMap((line) =>
    line.segments.flatMap((segment) => {
      const name = leadingName(segment);
      if (!name || !isNameLike(name.text)) return [];
      if (labels.some((label) => label.names.length > 0 && label.line === line && name.tokens[0] === label.tokens[0])) {
        return [];
      }
      const page = layout.pages.find((each) => each.number === segment.page);
      const height = (segment.y1 - segment.y0) / layout.textHeight;
      const depth = page ? segment.y0 / page.height : 1;
      let score = 0;
      if (LEGAL_FORM.test(name.text)) score += 0.35;
      if (isSenderLine(segment.text)) score += 0.6;
      if (inDomain(name.text, domains)) score += 0.35;
      if (segment.page === first?.number && depth < 0.25) score += 0.12 * Math.min(2.5, Math.max(0, height - 0.6));
      if (score > 0 && (depth < 0.22 || depth > 0.85)) score += 0.15;
      if (segment.page === first?.number && line.index === 0) score += 0.1;
      return score >= 0.2 ? [candidate(name, line, score, 'position')] : [];
    }),
  );
}

/** A name set in two lines: the legal form stands in the second, or the web address has both. */
function brokenNames(layout: Layout, blocks: readonly Block[], domains: readonly string[]): Candidate<string>[] {
  return blocks.flatMap(({ segments }) =>
    segments.slice(1).flatMap((second, i) => {
      const first = segments[i]!;
      if (!isNameLike(first.text) || !isNameLike(second.text) || /\d/.test(first.text + second.text)) return [];
      if (LEGAL_FORM.test(first.text) || !LEGAL_FORM.test(second.text)) return [];
      const text = `${first.text} ${second.text}`;
      const score = (domains.some((domain) => bare(text).startsWith(domain)) ? 1.2 : 0) + (i === 0 ? 0.3 : 0.1);
      const joined = toSegment([...first.tokens, ...second.tokens]);
      return [candidate(joined, lineOf(layout, first), score, 'position')];
    }),
  );
}

/** The name that opens a segment, before its address or further facts. */
function leadingName(segment: Segment): Segment | null {
  const head = segment.text.split(SEPARATOR)[0] ?? '';
  const words = head.split(' ').length;
  const tokens = segment.tokens.slice(0, words);
  return tokens.length > 0 ? toSegment(tokens) : null;
}

function isNameLike(text: string): boolean {
  const letters = text.replace(/[^\p{L}]/gu, '').length;
  const wordy = letters >= 3 && letters > text.length / 2 && text.length <= 70;
  return (
    wordy &&
    !isLabelText(text) &&
    !CONTACT.test(text) &&
    !hasPostcode(text) &&
    !isStreet(text) &&
    !/:\s*$|\s:\s/.test(text)
  );
}

function webNames(layout: Layout): string[] {
  const hosts = layout.lines.flatMap((line) =>
    [...line.text.matchAll(/(?:@|www\.|https?:\/\/(?:www\.)?)([\p{L}\d-]+)\.\p{L}{2,}/giu)].map((match) => match[1]!),
  );
  return [...new Set(hosts.map((host) => bare(host)))].filter((host) => host.length >= 4);
}

function inDomain(name: string, domains: readonly string[]): boolean {
  const words = name.split(/[\s&-]+/).map(bare);
  const whole = bare(name);
  return domains.some(
    (domain) => whole.startsWith(domain) || words.some((word) => word.length >= 5 && domain.includes(word)),
  );
}

function lineOf(layout: Layout, segment: Segment): Line {
  return layout.lines.find((line) => line.segments.includes(segment)) ?? layout.lines[0]!;
}

function candidate(segment: Segment, line: Line, score: number, evidence: string): Candidate<string> {
  const tokens: readonly Token[] = segment.tokens;
  return { value: tidyName(segment.text), tokens, line, score, evidence: [evidence] };
}

function tidyName(text: string): string {
  return text.replace(/^[\s:|•·,–-]+|[\s:|•·,;–-]+$/g, '');
}
