import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { promisify } from 'node:util';

const runFile = promisify(execFile);
const NODE = 'node_modules/.bin/node';

/** Programs of the system that the docs may call as they please. */
const SYSTEM = ['git', 'cd', 'mkdir', 'cp', 'tar', 'curl', 'apt-get', 'systemctl', 'pg_dump', 'pg_restore', 'createdb'];

/** The command lines of a shell block: comments dropped, continued lines joined. */
export function commandLines(text: string): string[] {
  const joined = text.replace(/\s*\\\n\s*/g, ' ');
  return joined.split('\n').flatMap((line) => {
    const command = line.replace(/(^|\s)#.*$/, '').trim();
    return command === '' ? [] : [command];
  });
}

/** What is wrong with a command line as the docs give it; undefined when it would run. */
export async function faultOf(line: string): Promise<string | undefined> {
  const words = line.split(/\s+/).filter((word) => !/^[A-Z][A-Z0-9_]*=/.test(word));
  const [program, first = '', ...rest] = words;
  if (program === 'npx' && first === 'rekey') return await faultOfRekey(rest);
  if (program === 'npm') return await faultOfNpm(first, rest);
  return SYSTEM.includes(program ?? '') ? undefined : `${program} is no command the docs may use`;
}

async function faultOfNpm(verb: string, rest: readonly string[]): Promise<string | undefined> {
  if (verb === 'ci') return undefined;
  const [script = '', ...more] = verb === 'run' ? rest : [verb, ...rest];
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
  if (!Object.hasOwn(scripts, script)) return `package.json has no script ${script}`;
  const args = more.filter((word) => word !== '--');
  if (script === 'test')
    return args.map((word) => (existsSync(word) ? undefined : `${word} is not there`)).find(Boolean);
  return script === 'demo' ? missing(args, await help('demo/run.ts', [])) : undefined;
}

/** Goes down from command to subcommand as far as the words name any. */
async function faultOfRekey(words: readonly string[]): Promise<string | undefined> {
  let known = await help('cli.ts', []);
  let newest = known;
  const path: string[] = [];
  for (const word of words) {
    if (!isName(word) || !lists(newest, word)) break;
    path.push(word);
    newest = await help('cli.ts', path);
    known += newest;
  }
  const [command = ''] = words;
  if (path.length === 0 && isName(command)) return `rekey has no command ${command}`;
  return missing(words, known);
}

const isName = (word: string) => /^[a-z]+$/.test(word);
const lists = (helpText: string, command: string) => new RegExp(`^\\s+(\\w+\\|)?${command}\\b`, 'm').test(helpText);

function missing(words: readonly string[], helpText: string): string | undefined {
  const flags = words.filter((word) => word.startsWith('-')).map((word) => word.split('=')[0]!);
  const unknown = flags.find((flag) => !new RegExp(`(^|[\\s,])${flag}([\\s,=]|$)`, 'm').test(helpText));
  return unknown === undefined ? undefined : `the help knows no ${unknown}`;
}

const helps = new Map<string, Promise<string>>();

/** What `--help` says, asked once for each command. */
function help(script: string, command: readonly string[]): Promise<string> {
  const key = [script, ...command].join(' ');
  const known = helps.get(key) ?? runFile(NODE, [script, ...command, '--help']).then(({ stdout }) => stdout);
  helps.set(key, known);
  return known;
}
