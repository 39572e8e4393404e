/** The files of a new bot: one that works from the start, reads a paper and lets a person confirm it. */
export function botFiles(name: string): Record<string, string> {
  const bot = camel(name);
  return {
    'bot.ts': `import { z } from 'zod';
import { receiptExtractor } from '#extractors';
import { defineBot, documentRef } from '#runner';
import { ${bot}Record } from './record.ts';

/** Says what this bot does for whom. */
export const ${bot} = defineBot({
  name: '${name}',
  version: '1',
  input: z.object({ document: documentRef }),
  output: z.object({ total: z.string() }),
  goal: { within: '8h', skill: '${name}' },
  records: [${bot}Record],

  async run(task) {
    const paper = await task.extract(receiptExtractor, task.input.document);
    const record = await task.validate(${bot}Record, paper);
    // Key it: await task.rekey(screen, record), with a screen of bots/apps/<application>.
    return { total: record.total };
  },
});
`,
    'record.ts': `import { z } from 'zod';
import { isoDate, line, money } from '#extractors';
import { defineRecord } from '#runner';

/** What is checked before it is keyed: the fields, and the rules they must keep. */
export const ${bot}Record = defineRecord({
  name: '${name}',
  schema: z.object({
    company: line({ title: 'Company' }),
    date: isoDate({ title: 'Date' }),
    total: money({ title: 'Total' }),
  }),
  rules: [],
});
`,
    'README.md': `# ${name}

What it does, for whom; what it asks people and what they should answer.
`,
  };
}

/** bots/index.ts with one more bot; the imports stay in order. */
export function registered(index: string, name: string): string {
  const bot = camel(name);
  const isOfBot = (line: string) => /^import .* from '\.\//.test(line);
  const lines = index.split('\n');
  const imports = [...lines.filter(isOfBot), `import { ${bot} } from './${name}/bot.ts';`].toSorted(byPath);
  const at = lines.findIndex(isOfBot);
  const rest = lines.filter((line) => !isOfBot(line));
  const all = [...rest.slice(0, at), ...imports, ...rest.slice(at)].join('\n');
  return all.replace(/(readonly Bot\[\] = \[[^\]]*)\]/, `$1, ${bot}]`);
}

const byPath = (a: string, b: string) => (a.slice(a.indexOf("'")) < b.slice(b.indexOf("'")) ? -1 : 1);

function camel(name: string): string {
  return name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}
