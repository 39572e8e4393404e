import { Worker } from 'node:worker_threads';
import { ReadError } from './errors.ts';
import type { Job, News, Order, Results } from './messages.ts';
import { openTesseract } from './ocr.ts';
import { picture } from './picture.ts';
import { type Desk, probeDocument, readDocument } from './readDocument.ts';
import { reread } from './reread.ts';

/**
 * A reading process: takes one order at a time and reports how it goes. It may be killed at any moment;
 * a paper that breaks it costs only itself.
 */
const engine = openTesseract();
const megabytes = new Int32Array(new SharedArrayBuffer(4));
new Worker(new URL('./readingProcessWatch.ts', import.meta.url), { workerData: megabytes }).unref();

process.on('disconnect', () => process.exit());
process.on('message', (order: Order) => {
  carryOut(order).then(tell, (error: unknown) => {
    tell({ news: 'failed', kind: error instanceof ReadError ? error.kind : 'corrupt' });
  });
});
tell({ news: 'ready' });

async function carryOut({ job, limits }: Order): Promise<News> {
  const before = process.memoryUsage.rss() / 1e6;
  const step: Desk['step'] = (kind) => {
    Atomics.store(megabytes, 0, kind === 'image' ? limits.imageMegabytes : before + limits.textMegabytes);
    tell({ news: 'step', kind });
  };
  try {
    step('text');
    return { news: 'done', value: await work(job, { engine, limits, step }) };
  } finally {
    Atomics.store(megabytes, 0, 0);
  }
}

function work(job: Job, desk: Desk): Promise<Results[keyof Results]> {
  switch (job.kind) {
    case 'read':
      return readDocument(job.paper, desk);
    case 'probe':
      return probeDocument(job.paper, desk.limits);
    case 'picture':
      return picture(job, desk);
    case 'reread':
      return reread(job, desk);
  }
}

function tell(news: News): void {
  process.send?.(news);
}
