import { Worker } from 'node:worker_threads';
import sharp from 'sharp';
import { SystemException } from '#core';
import { MEGABYTES, PROCESSOR_MS, processorMs, UNBOUNDED } from './bounds.ts';
import type { Desk } from './desk.ts';
import { ReadError } from './errors.ts';
import { type Limits, TEXT_ROOM } from './limits.ts';
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
  let mostForText = roomForText(limits);
  let before: 'text' | 'image' = 'text';
  const step: Desk['step'] = (kind) => {
    // What recognition of the page before has taken is not this layer's.
    if (kind === 'text' && before === 'image') mostForText = roomForText(limits);
    before = kind;
    const text = job.kind === 'probe' ? limits.probeMs : limits.textStepMs;
    const ms = kind === 'image' ? limits.imageStepMs : text;
    Atomics.store(bounds, MEGABYTES, kind === 'image' ? limits.imageMegabytes : mostForText);
    Atomics.store(bounds, PROCESSOR_MS, processorMs() + ms);
    tell({ news: 'step', ms });
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
function roomForText({ textMegabytes }: Limits): number {
  return Math.max(textMegabytes, process.memoryUsage.rss() / 1e6 + TEXT_ROOM);
}

async function work(job: Job, desk: Desk): Promise<Results[keyof Results]> {
  switch (job.kind) {
    case 'read':
      return packReading(await readDocument(job.paper, desk));
    case 'probe':
      return probeDocument(job.paper, desk.limits);
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
  return { news: 'failed', kind: error instanceof ReadError ? error.kind : 'corrupt' };
}

function tell(news: News): void {
  process.send?.(news);
}
