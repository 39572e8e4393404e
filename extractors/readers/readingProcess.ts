import { Worker } from 'node:worker_threads';
import sharp from 'sharp';
import { SystemException } from '#core';
import { MEGABYTES, PROCESSOR_MS, processorMs, UNBOUNDED } from './bounds.ts';
import type { Desk, Step } from './desk.ts';
import { limitPassed, ReadError } from './errors.ts';
import { DRAWING_ROOM, TEXT_ROOM } from './limits.ts';
import type { Answer, EngineOrder, Job, News, Order, Results } from './messages.ts';
import { openOcr } from './ocr.ts';
import { engineOutside, type Look, type Seen } from './outsideEngine.ts';
import { packReading } from './packedReading.ts';
import { picture } from './picture.ts';
import { probeDocument, readDocument } from './readDocument.ts';
import { reread } from './reread.ts';

/**
 * A reading process: takes one order at a time and reports how it goes. It may be killed at any moment;
 * a paper that breaks it costs only itself.
 */
// One paper, one core: the pool decides how many are read at once.
sharp.concurrency(1);
sharp.cache(false);
const chosen = JSON.parse(process.argv[2]!) as EngineOrder;
const engine = 'outside' in chosen ? engineOutside(chosen.outside, askOutside) : openOcr(chosen);
const asked = new Map<number, (seen: Seen) => void>();
let looks = 0;
const bounds = new Int32Array(new SharedArrayBuffer(8));
new Worker(new URL('./readingProcessWatch.ts', import.meta.url), { workerData: bounds }).unref();

process.on('disconnect', () => process.exit());
process.on('message', (message: Order | Answer) => {
  if ('seen' in message) hear(message);
  else carryOut(message).then(tell, (error: unknown) => tell(failure(error)));
});
tell({ news: 'ready' });

async function carryOut({ job, limits }: Order): Promise<News> {
  const room = { text: 0, draw: 0, image: limits.imageMegabytes };
  const text = job.kind === 'probe' ? limits.probeMs : limits.textStepMs;
  const time = { text, draw: limits.drawStepMs, image: limits.imageStepMs };
  let before: Step = 'image';
  let since = processorMs();
  let textMs = 0;
  const step: Desk['step'] = (kind) => {
    if (before === 'text') textMs += processorMs() - since;
    since = processorMs();
    const left = kind === 'text' ? limits.textMs - textMs : time[kind];
    if (left <= 0) throw limitPassed({ of: 'seconds', most: limits.textMs / 1_000 });
    // What recognition of the page before has taken is not this layer's.
    if (kind === 'text' && before !== 'text') room.text = roomBeside(limits.textMegabytes, TEXT_ROOM);
    if (kind === 'draw') room.draw = roomBeside(limits.drawMegabytes, DRAWING_ROOM);
    before = kind;
    const [ms, megabytes] = [time[kind], Math.ceil(room[kind])];
    Atomics.store(bounds, MEGABYTES, megabytes);
    Atomics.store(bounds, PROCESSOR_MS, since + Math.min(ms, left));
    tell({ news: 'step', ms, mostMs: left < ms ? limits.textMs : ms, megabytes });
  };
  try {
    step('text');
    const value = await work(job, { engine, limits, step });
    return { news: 'done', value, megabytes: process.memoryUsage.rss() / 1e6 };
  } finally {
    Atomics.store(bounds, MEGABYTES, UNBOUNDED);
    Atomics.store(bounds, PROCESSOR_MS, UNBOUNDED);
  }
}

/** In megabytes, in a process that may have grown over the papers and pages before. */
function roomBeside(megabytes: number, more: number): number {
  return Math.max(megabytes, process.memoryUsage.rss() / 1e6 + more);
}

async function work(job: Job, desk: Desk): Promise<Results[keyof Results]> {
  switch (job.kind) {
    case 'read':
      return packReading(await readDocument(job.paper, desk, job.beside));
    case 'probe':
      return probeDocument(job.paper, desk);
    case 'picture':
      return picture(job, desk);
    case 'reread':
      return reread(job, desk);
  }
}

function askOutside(look: Look): Promise<Seen> {
  return new Promise((resolve) => {
    const number = looks++;
    asked.set(number, resolve);
    tell({ news: 'look', number, look });
  });
}

function hear({ look, seen }: Answer): void {
  asked.get(look)?.(seen);
  asked.delete(look);
}

function failure(error: unknown): News {
  if (error instanceof SystemException) return { news: 'fault', code: error.code, message: error.message };
  if (!(error instanceof ReadError)) return { news: 'failed', kind: 'corrupt' };
  return { news: 'failed', kind: error.kind, ...(error.limit && { limit: error.limit }) };
}

function tell(news: News): void {
  process.send?.(news);
}
