import path from 'node:path';
import type { Command } from 'commander';
import { InvalidInput, silentLogger } from '#core';
import { bytesOf, writeTo } from './files.ts';
import { paperKind } from './paperKind.ts';
import { print } from './show.ts';
import { readerChoice, settings } from './surroundings.ts';

export function explainCommand(program: Command): void {
  program
    .command('explain')
    .description('Write an HTML page that shows what was read where on a paper, and why.')
    .argument('<file>', 'the paper')
    .option('--as <kind>', 'what the paper is, as in rekey extract', 'auto')
    .option('--out <file>', 'the page; by default the name of the paper with .html, in this folder')
    .option('--password <text>', 'opens an encrypted PDF')
    .action(explain);
}

async function explain(file: string, flags: { as: string; out?: string; password?: string }): Promise<void> {
  const { explainPage, extractPaper, openReaders, paperFile, picturesOf, ReadError } = await import('#extractors');
  const as = await paperKind(flags.as);
  const readers = openReaders({
    workers: 1,
    ...(await readerChoice()),
    cache: path.join(settings().data, 'readings'),
    log: silentLogger,
  });
  try {
    const options = flags.password === undefined ? {} : { password: flags.password };
    const bytes = await bytesOf(file, paperFile);
    const paper = await extractPaper(readers, bytes, as, options);
    const pictures = await picturesOf(readers, bytes, paper.reading.pages, options);
    const out = flags.out ?? `${path.basename(file)}.html`;
    await writeTo('--out', out, explainPage({ name: path.basename(file), paper, pictures }));
    print(out);
  } catch (error) {
    throw error instanceof ReadError ? new InvalidInput('unreadable-paper', file, error.message) : error;
  } finally {
    await readers.close();
  }
}
