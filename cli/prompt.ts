import { createInterface } from 'node:readline/promises';
import { text } from 'node:stream/consumers';
import { InvalidInput } from '#core';

/** Asks for secrets, one after the other: at a terminal without showing them, else a line of stdin for each. */
export async function askSecrets(...names: readonly string[]): Promise<readonly string[]> {
  const { stdin } = process;
  const answers = stdin.isTTY ? await askedUnseen(names) : (await text(stdin)).split(/\r?\n/);
  return names.map((name, at) => {
    const answer = answers[at];
    if (answer) return answer;
    throw new InvalidInput(
      'secret-missing',
      name,
      `Type the ${name} when asked, or give it as line ${at + 1} of stdin.`,
    );
  });
}

/** Whether the person at the terminal says yes; without a terminal nobody can. */
export async function confirmed(question: string): Promise<boolean> {
  const { stdin: input, stderr: output } = process;
  if (!input.isTTY) throw new InvalidInput('not-confirmed', '--yes', 'Nothing was changed: say --yes to mean it.');
  const terminal = createInterface({ input, output });
  try {
    return /^y(es)?$/i.test((await terminal.question(`${question} [y/N] `)).trim());
  } finally {
    terminal.close();
  }
}

async function askedUnseen(names: readonly string[]): Promise<string[]> {
  const { stdin, stderr } = process;
  const answers: string[] = [];
  stdin.setRawMode(true);
  stdin.setEncoding('utf8');
  try {
    const keys = keysOf(stdin);
    for (const name of names) {
      stderr.write(`${name}: `);
      answers.push(await lineOf(keys));
      stderr.write('\n');
    }
  } finally {
    stdin.setRawMode(false);
    stdin.pause();
  }
  return answers;
}

async function* keysOf(typed: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const chunk of typed) yield* chunk;
}

/** What was typed up to Enter; the backspace key takes the last character back. Ctrl-C and Ctrl-D end without an answer. */
export async function lineOf(keys: AsyncGenerator<string>): Promise<string> {
  const line: string[] = [];
  for (;;) {
    const { value: key = INTERRUPT } = await keys.next();
    if (key === '\r' || key === '\n') return line.join('');
    if (key === INTERRUPT || key === END) throw new InvalidInput('secret-missing', 'prompt', 'Nothing was changed.');
    if (key === '\u007f' || key === '\b') line.pop();
    else line.push(key);
  }
}

const INTERRUPT = '\u0003';
const END = '\u0004';
