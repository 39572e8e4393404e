import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';

/** What the demo has said so far: its progress on stderr, a line each, and its result on stdout. */
export interface Said {
  readonly url: string | undefined;
  readonly progress: readonly string[];
  readonly output: string;
}

/** The demo as a user starts it, in a process of its own. */
export interface DemoProcess {
  /** Resolves as soon as what was said so far gives something; rejects when the demo ends without it. */
  until<T>(given: (said: Said) => T | undefined): Promise<T>;
  /** Its exit code, once it has ended by itself. */
  readonly ended: Promise<number | null>;
  end(signal: NodeJS.Signals): Promise<number | null>;
}

/** Runs `demo/run.ts` on a data folder of its own, on embedded defaults and a free port. */
export function startDemo(data: string, ...flags: readonly string[]): DemoProcess {
  const { DATABASE_URL: _, REDIS_URL: __, ...env } = process.env;
  const child = spawn('node_modules/.bin/node', ['demo/run.ts', ...flags], {
    env: { ...env, REKEY_DATA: data, REKEY_PORT: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'close').then(([code]): number | null => code);
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    return ended;
  };
  onTestFinished(async () => void (await end('SIGKILL')));

  const said = { url: undefined as string | undefined, progress: [] as string[], output: '', unexpected: '' };
  const heard = new EventTarget();
  const tell = () => heard.dispatchEvent(new Event('heard'));
  createInterface({ input: child.stderr }).on('line', (line) => {
    const url = /http:\/\/[\d.:]+/.exec(line)?.[0];
    if (url) said.url ??= url;
    else if (/^ {2}\w+ +\S/.test(line)) said.progress.push(line.trim());
    else if (line.trim() !== '') said.unexpected += `${line}\n`;
    tell();
  });
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said.output += text;
    tell();
  });

  return {
    ended,
    end,
    until: (given) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = given(said);
          if (found !== undefined) resolve(found);
        };
        heard.addEventListener('heard', look);
        void ended.then((code) => reject(new Error(`The demo ended with ${code} before that. ${said.unexpected}`)));
        look();
      }),
  };
}
