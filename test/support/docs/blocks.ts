/** A fenced block of a document: ```` ```lang mark mark ````. */
export interface Block {
  /** Where it stands, as an editor opens it: `docs/operations.md:12`. */
  readonly where: string;
  readonly language: string;
  readonly marks: readonly string[];
  readonly text: string;
}

/** The fenced code blocks of a Markdown document, in order. A block may be indented, as in a list. */
export function blocksOf(file: string, markdown: string): Block[] {
  const blocks: Block[] = [];
  const lines = markdown.split('\n');
  for (let at = 0; at < lines.length; at++) {
    const opening = /^( *)(`{3,})(.*)$/.exec(lines[at]!);
    if (opening === null) continue;
    const [, indent = '', fence = '', info = ''] = opening;
    const end = lines.findIndex((line, number) => number > at && line.trim() === fence);
    if (end === -1) throw new Error(`${file}:${at + 1} opens a code block that never ends.`);
    const [language = '', ...marks] = info.trim().split(/\s+/);
    const text = lines
      .slice(at + 1, end)
      .map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line))
      .join('\n');
    blocks.push({ where: `${file}:${at + 1}`, language, marks, text: `${text}\n` });
    at = end;
  }
  return blocks;
}

/** Targets of the links that lead to files of the checkout, without their anchors. */
export function linkedFiles(markdown: string): string[] {
  const targets = [...markdown.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target!);
  return targets.filter((target) => !/^([a-z]+:|#)/.test(target)).map((target) => target.split('#')[0]!);
}

/** The text between `<!-- name -->` and `<!-- /name -->`: what a test compares with the code. */
export function marked(markdown: string, name: string): string | undefined {
  return markdown.split(`<!-- ${name} -->`)[1]?.split(`<!-- /${name} -->`)[0]?.trim();
}
