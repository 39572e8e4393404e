import { type Block, findBlocks, hasPostcode } from './blocks.ts';
import { bare, type Label } from './labels.ts';
import { type Layout, type Line, type Segment, toSegment } from './lines.ts';
import {
  goesOn,
  isAddressing,
  isContact,
  isNameLike,
  isTitle,
  joined,
  LEGAL_FORM,
  nameCandidate,
  wholeName,
} from './nameText.ts';
import type { Candidate } from './nearLabel.ts';
import { labelledNames } from './partyBlock.ts';

const SEPARATOR = /\s+[|•●·∙*–—-]\s+|\s*[|•●]\s*|,\s+/;

/** From this score on a buyer's name cannot be the seller's as well. */
const SURE_BUYER = 0.4;

export interface Parties {
  readonly seller: readonly Candidate<string>[];
  readonly buyer: readonly Candidate<string>[];
}

/** Who sells and who buys: by labels, letterhead, sender's line, address window, legal form and web address. */
export function findParties(layout: Layout, labels: readonly Label[]): Parties {
  const blocks = findBlocks(layout);
  const domains = webNames(layout);
  const labelledBuyers = labelledNames(layout, labels, 'buyer');
  const buyer = ranked([
    ...labelledBuyers,
    ...labelledNames(layout, labels, 'ship_to').map((candidate) => ({ ...candidate, score: 0.6 * candidate.score })),
    ...addressWindow(layout, blocks, labels, domains),
    ...underSenderLine(layout),
  ]);
  const sure = buyer.filter(({ score }) => score >= SURE_BUYER);
  const bought = new Set(sure.slice(0, 1).map((candidate) => bare(candidate.value)));
  const seller = withoutStatedForm(
    layout,
    ranked([
      ...labelledNames(layout, labels, 'seller'),
      ...brokenNames(layout, blocks, domains),
      ...letterheads(layout, labels, domains).filter((candidate) => !bought.has(bare(candidate.value))),
    ]),
  );
  const sold = bare(seller[0]?.value ?? '');
  return { seller, buyer: buyer.filter((candidate) => bare(candidate.value) !== sold) };
}

/**
 * French companies state their legal form as a fact of its own beside the capital (`SARL au capital de …`), since their
 * registers keep it apart from the name; behind the name it is then not part of it.
 */
function withoutStatedForm(layout: Layout, candidates: readonly Candidate<string>[]): Candidate<string>[] {
  const forms = layout.lines.flatMap(
    ({ text }) => /(?<!\p{L})(SARL|SASU?|EURL|SA|SNC|SCA)\s+au\s+capital/iu.exec(text)?.[1] ?? [],
  );
  return candidates.map((candidate) => {
    const form = forms.find((each) => candidate.value.toUpperCase().endsWith(` ${each.toUpperCase()}`));
    return form ? { ...candidate, value: candidate.value.slice(0, -form.length).trim() } : { ...candidate };
  });
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
    const all = block.segments.slice(senderAbove ? 1 : 0);
    const lines = all.slice(
      Math.max(
        0,
        all.findIndex(({ text }) => isTitle(text)),
      ),
    );
    const start = lines.findIndex((part) => isTitle(part.text) || (!isAddressing(part.text) && isNameLike(part.text)));
    const opening = lines[start];
    const address = lines.slice(start + 1, start + 6);
    const name = opening && wholeReceiver(lines.slice(start), layout.textHeight);
    if (!name || !address.some((part) => hasPostcode(part.text))) return [];
    if (labels.some((label) => label.names.includes('seller') && name.tokens.includes(label.tokens[0]!))) return [];
    let score = senderAbove || followsSenderLine(layout, name) ? 0.9 : 0.45;
    if (isTitle(opening.text) || (start > 0 && isAddressing(lines[start - 1]!.text))) score += 0.2;
    if (lines.some((part) => isContact(part.text)) || inDomain(name.text, domains)) score -= 0.4;
    if (name.x0 < 0.2 * page.width) score += 0.05;
    if (name.y0 < 0.1 * page.height) score -= 0.3;
    return score > 0 ? [nameCandidate(name, lineOf(layout, opening), score, 'position')] : [];
  });
}

/** Under a receiver's name its people and departments follow: only a title takes the next line to itself. */
function wholeReceiver(lines: readonly Segment[], height: number): Segment | undefined {
  const [first] = lines;
  return first && isTitle(first.text) ? wholeName(lines, height) : first;
}

/** The receiver under the sender's line, as a letter's window shows both; its lines may stand wide apart. */
function underSenderLine(layout: Layout): Candidate<string>[] {
  const height = layout.textHeight;
  return layout.lines.flatMap((line) => {
    const sender = line.segments.find((part) => isSenderLine(part.text));
    const page = layout.pages.find(({ number }) => number === line.page);
    if (!sender || !page || sender.y0 > 0.4 * page.height) return [];
    const column = layout.lines
      .slice(line.index + 1)
      .filter((each) => each.page === line.page && each.y0 - sender.y1 < 14 * height)
      .flatMap((each) => each.segments.filter((part) => Math.abs(part.x0 - sender.x0) < 2 * height));
    const end = column.findIndex((part) => hasPostcode(part.text));
    const lines = column.slice(0, end).filter((part) => !isAddressing(part.text));
    const name = end >= 1 && end <= 6 ? wholeReceiver(lines, height) : undefined;
    return name && (isNameLike(name.text) || isTitle(name.text)) ? [nameCandidate(name, line, 0.6, 'position')] : [];
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
      if (isBank(layout, line, segment)) return [];
      const page = layout.pages.find((each) => each.number === segment.page);
      const height = (segment.y1 - segment.y0) / layout.textHeight;
      const depth = page ? segment.y0 / page.height : 1;
      let score = 0;
      if (LEGAL_FORM.test(name.text)) score += 0.35;
      if (isSenderLine(segment.text) && depth < 0.4) score += 0.6;
      if (inDomain(name.text, domains)) score += 0.35;
      if (segment.page === first?.number && depth < 0.25) score += 0.12 * Math.min(2.5, Math.max(0, height - 0.6));
      if (score > 0 && (depth < 0.22 || depth > 0.85)) score += 0.15;
      if (segment.page === first?.number && line.index === 0) score += 0.1;
      return score >= 0.2 ? [nameCandidate(name, line, score, 'position')] : [];
    }),
  );
}

/** Who stands right over an account's number is the bank that keeps it. */
function isBank(layout: Layout, line: Line, name: Segment): boolean {
  return layout.lines
    .slice(line.index + 1, line.index + 3)
    .some(({ page, segments }) =>
      segments.some(
        (part) =>
          page === line.page &&
          Math.abs(part.x0 - name.x0) < layout.textHeight &&
          /^(?:iban|bic|swift)(?!\p{L})/iu.test(part.text),
      ),
    );
}

/** A name set in two lines: the legal form stands in the second, or the web address has both. */
function brokenNames(layout: Layout, blocks: readonly Block[], domains: readonly string[]): Candidate<string>[] {
  return blocks.flatMap(({ segments, page, y0 }) =>
    segments.slice(1).flatMap((second, i) => {
      const first = segments[i]!;
      if (!isNameLike(first.text) || !isNameLike(second.text) || !goesOn(first, second)) return [];
      const text = `${first.text} ${second.text}`;
      const heading = i === 0 && page === 1 && y0 < 0.25 * (layout.pages[0]?.height ?? 0);
      const known = domains.some((domain) => bare(text).startsWith(domain));
      const score = (known ? 1.2 : 0) + (heading ? 0.9 : i === 0 ? 0.3 : 0.1);
      return [nameCandidate(joined([first, second]), lineOf(layout, first), score, 'position')];
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
    (domain) =>
      whole.startsWith(domain) ||
      words.some((word) => word.length >= 5 && (domain.startsWith(word) || word.length > 0.7 * domain.length)),
  );
}

function lineOf(layout: Layout, segment: Segment): Line {
  return layout.lines.find((line) => line.segments.includes(segment)) ?? layout.lines[0]!;
}
