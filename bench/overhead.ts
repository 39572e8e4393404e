/**
 * What being durable costs. In one run, on servers of its own that wait for their disk, against bare BullMQ on the
 * same servers; rounds alternate, ratios are medians of the rounds' ratios.
 *
 *   rate      no-op tasks a second through submit, dispatch, claim, a remembered step and finish
 *   start     milliseconds from submit to the first line of the bot, one task at a time
 *   growth    rate with so many finished tasks in the store, and its ratio to that beside an empty one, round by round
 *   workers   rate at which so many worker processes empty a backlog, and that of bare BullMQ: where the machine has
 *             fewer cores than there are processes, both fall
 *
 *   node bench/overhead.ts [--tasks 3000] [--rounds 7] [--finished 10000,100000,1000000] [--workers 1,2,4] [--json]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { silentLogger } from '#core';
import { openStore } from '#store';
import { startPostgres, startRedis } from '../chaos/servers/index.ts';
import { median } from './measure.ts';
import { bareOnPostgres, bareOnRedis, CONCURRENCY, type Contender, rekey } from './overhead/contenders.ts';
import {
  type Grown,
  growth,
  type StartTimes,
  secondsOf,
  startTimes,
  type Together,
  workersRate,
} from './overhead/scale.ts';

interface Pair {
  readonly on: string;
  /** Tasks a second. */
  readonly rekey: number;
  readonly bullmq: number;
  /** Median of the rounds' ratios, and the least and the most of them. */
  readonly ratio: number;
  readonly least: number;
  readonly most: number;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      tasks: { type: 'string', default: '3000' },
      rounds: { type: 'string', default: '7' },
      finished: { type: 'string', default: '10000,100000,1000000' },
      workers: { type: 'string', default: '1,2,4' },
      json: { type: 'boolean', default: false },
    },
  });
  const [tasks, rounds] = [Number(values.tasks), Number(values.rounds)];
  const folder = mkdtempSync(join(tmpdir(), 'rekey-overhead-'));
  const redis = await startRedis(folder);
  const postgres = await startPostgres(folder, {});
  try {
    const rate = await againstBare(postgres.url, redis.url, tasks, rounds);
    const start = await startTimes(postgres.url, redis.url, 300);
    const grown = await growth(postgres.url, redis.url, numbers(values.finished), tasks, rounds);
    const workers = await workersRate(postgres.url, redis.url, numbers(values.workers), tasks, rounds);
    const report = { tasks, rounds, rate, start, growth: grown, workers };
    if (values.json) console.log(JSON.stringify(report));
    else show(report);
  } finally {
    await redis.stop();
    await postgres.stop();
    rmSync(folder, { recursive: true });
  }
}

async function againstBare(url: string, redisUrl: string, tasks: number, rounds: number): Promise<Pair[]> {
  const { pool, close } = await openStore({ kind: 'postgres', url }, { log: silentLogger });
  const contenders = [
    [await rekey('redis', url, redisUrl), bareOnRedis('redis', redisUrl)],
    [await rekey('postgres', url), bareOnPostgres('postgres', pool)],
  ] as const;
  try {
    const pairs: Pair[] = [];
    for (const [ours, bare] of contenders) pairs.push(await race(ours, bare, tasks, rounds));
    return pairs;
  } finally {
    await Promise.all(contenders.flat().map((each) => each.close()));
    await close();
  }
}

/** The first round warms up. */
async function race(ours: Contender, bare: Contender, tasks: number, rounds: number): Promise<Pair> {
  const took: { rekey: number; bullmq: number }[] = [];
  for (let round = 0; round <= rounds; round++) {
    const both = { rekey: await secondsOf(ours, tasks), bullmq: await secondsOf(bare, tasks) };
    if (round > 0) took.push(both);
  }
  const ratios = took.map((round) => round.bullmq / round.rekey);
  return {
    on: ours.name,
    rekey: tasks / median(took.map((round) => round.rekey)),
    bullmq: tasks / median(took.map((round) => round.bullmq)),
    ratio: median(ratios),
    least: Math.min(...ratios),
    most: Math.max(...ratios),
  };
}

function numbers(list: string): number[] {
  return list.split(',').filter(Boolean).map(Number);
}

function show(report: {
  tasks: number;
  rounds: number;
  rate: readonly Pair[];
  start: StartTimes;
  growth: readonly Grown[];
  workers: readonly Together[];
}): void {
  console.log(`${report.tasks} tasks that do nothing, ${CONCURRENCY} at a time, medians of ${report.rounds} rounds\n`);
  console.table(
    report.rate.map(({ on, rekey: ours, bullmq, ratio, least, most }) => ({
      on,
      'rekey, tasks/s': Math.round(ours),
      'bare BullMQ, tasks/s': Math.round(bullmq),
      'rekey / BullMQ': ratio.toFixed(2),
      rounds: `${least.toFixed(2)} to ${most.toFixed(2)}`,
    })),
  );
  const { p50, p99, most } = report.start;
  console.log(`submit to start, ms: p50 ${p50.toFixed(1)}, p99 ${p99.toFixed(1)}, most ${most.toFixed(1)}\n`);
  console.table(
    report.growth.map(({ finished, rate, ratio }) => ({
      'finished tasks': finished,
      'tasks/s': Math.round(rate),
      'of an empty store': ratio.toFixed(2),
    })),
  );
  const [one] = report.workers;
  console.table(
    report.workers.map(({ workers, rate, bullmq }) => ({
      'worker processes': workers,
      'rekey, tasks/s': Math.round(rate),
      'of one': share(rate, one?.rate),
      'bare BullMQ, tasks/s': Math.round(bullmq),
      'bare, of one': share(bullmq, one?.bullmq),
      'rekey / BullMQ': share(rate, bullmq),
    })),
  );
  console.log(`load of the machine when it ended: ${loadavg()[0]?.toFixed(1)} on ${cpus().length} cores`);
}

function share(part: number, whole: number | undefined): string {
  return whole === undefined ? '' : (part / whole).toFixed(2);
}

await main();
