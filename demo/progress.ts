import { MultiBar, type SingleBar } from 'cli-progress';
import type { Office, TaskEvent } from '#core';

/** A batch at work, as the user watches it: bars on a terminal, a line per event elsewhere. On stderr. */
export interface Progress {
  /** A paper of the batch was submitted. */
  submitted(task: string, name: string): void;
  /** Takes what has happened since the last call. */
  follow(office: Pick<Office, 'events'>): Promise<void>;
  close(): void;
}

type Stage = 'read' | 'keyed' | 'verified' | 'waiting';
const STAGES: readonly Stage[] = ['read', 'keyed', 'verified', 'waiting'];
const EVENTS_AT_ONCE = 500;

export function watchProgress(total: number, since: number, out: NodeJS.WriteStream = process.stderr): Progress {
  const view = out.isTTY ? bars(total, out) : lines(out);
  const names = new Map<string, string>();
  const started = new Map<string, number>();
  const reached = new Map<Stage, Set<string>>(STAGES.map((stage) => [stage, new Set()]));
  let seen = since;

  function take(event: TaskEvent): void {
    const { task, kind, facts, at } = event;
    const stage = stageOf(event);
    if (stage) reached.get(stage)!.add(task);
    if (stage !== 'waiting') reached.get('waiting')!.delete(task);
    if (kind === 'started' && !started.has(task)) started.set(task, Date.parse(at));
    for (const each of STAGES) view.stage(each, reached.get(each)!.size);
    const name = names.get(task) ?? task;
    const end = ENDS[kind];
    if (stage && !end) view.passed(lineOf(stage, name));
    if (!end) return;
    const seconds = started.has(task) ? `${((Date.parse(at) - started.get(task)!) / 1000).toFixed(1)} s` : '';
    const why = typeof facts['code'] === 'string' ? `(${facts['code']})` : '';
    view.ended(`${lineOf(end, name)} ${why} ${seconds}`.trimEnd());
  }

  return {
    submitted: (task, name) => names.set(task, name),
    async follow(office) {
      for (;;) {
        const events = await office.events(seen, EVENTS_AT_ONCE);
        events.forEach(take);
        seen = events.at(-1)?.seq ?? seen;
        if (events.length < EVENTS_AT_ONCE) return;
      }
    },
    close: view.close,
  };
}

const ENDS: Readonly<Record<string, string | undefined>> = {
  done: 'done',
  waiting: 'waiting',
  rejected: 'rejected',
  stopped: 'stopped',
  retry: 'again',
};

function stageOf({ kind, facts }: TaskEvent): Stage | undefined {
  if (kind === 'step' && facts['kind'] === 'extract') return 'read';
  if (kind === 'intended') return 'keyed';
  if (kind === 'proven') return 'verified';
  return kind === 'waiting' ? 'waiting' : undefined;
}

const lineOf = (what: string, name: string) => `  ${what.padEnd(9)} ${name}`;

interface View {
  stage(stage: Stage, count: number): void;
  /** A paper on its way, where no bar shows it. */
  passed(line: string): void;
  ended(line: string): void;
  close(): void;
}

function bars(total: number, out: NodeJS.WriteStream): View {
  const format = '  {stage} {bar} {value} of {total}';
  const multi = new MultiBar({
    stream: out,
    format,
    barsize: 40,
    hideCursor: true,
    barCompleteChar: '█',
    barIncompleteChar: '░',
  });
  const single = new Map<Stage, SingleBar>(
    STAGES.map((stage) => [stage, multi.create(total, 0, { stage: stage.padEnd(8) })]),
  );
  return {
    stage: (stage, count) => single.get(stage)!.update(count),
    passed: () => {},
    ended: (line) => multi.log(`${line}\n`),
    close: () => multi.stop(),
  };
}

function lines(out: NodeJS.WriteStream): View {
  const write = (line: string) => void out.write(`${line}\n`);
  return { stage: () => {}, passed: write, ended: write, close: () => {} };
}
