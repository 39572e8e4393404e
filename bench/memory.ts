/**
 * Memory of a reading process over many pages: it must not grow with what it has read.
 *
 *   node bench/memory.ts [--pages 1000] [--medium digital|scan|photo] [--json]
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { silentLogger } from '#core';
import { makeBatch } from '#demo';
import { openReaders } from '#extractors';

const { values } = parseArgs({
  options: {
    pages: { type: 'string', default: '1000' },
    medium: { type: 'string', default: 'digital' },
    json: { type: 'boolean', default: false },
  },
});
const wanted = Number(values.pages);
const papers: Uint8Array[] = [];
for await (const { bytes, how } of makeBatch({ seed: 'memory', count: 48 })) {
  if (how.medium === values.medium) papers.push(bytes);
}
if (papers.length === 0)
  throw new Error(`No paper of the batch is "${values.medium}": digital, scan and photo are known.`);

const readers = openReaders({ workers: 1, log: silentLogger });
const samples: { pages: number; megabytes: number }[] = [];
try {
  let pages = 0;
  for (let next = 0; pages < wanted; next++) {
    pages += (await readers.read(papers[next % papers.length]!)).pages.length;
    if (pages >= ((samples.length + 1) * wanted) / 10) samples.push({ pages, megabytes: residentMegabytes() });
  }
} finally {
  await readers.close();
}
if (values.json) console.log(JSON.stringify(samples));
else console.table(samples);

/** Of the one reading process there is; Linux tells. */
function residentMegabytes(): number {
  const children = execFileSync('pgrep', ['-P', String(process.pid)], { encoding: 'utf8' })
    .trim()
    .split('\n');
  const resident = children.map((child) => {
    const status = readFileSync(`/proc/${child}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+)/u.exec(status)?.[1] ?? 0) / 1_000;
  });
  return Math.round(Math.max(...resident));
}
