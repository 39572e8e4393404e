import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentLogger } from '#core';
import { openReaders, type Readers } from '#extractors';
import { openOcr } from '../../../extractors/readers/ocr.ts';
import { crossIndustryInvoice } from './eInvoices.ts';

let readers: Readers;
beforeAll(() => {
  readers = openReaders({ workers: 1, log: silentLogger });
});
afterAll(() => readers.close());

describe('a page without a picture of its own says what found its words, in the version that is installed', () => {
  it.each([
    ['a web page', '<!DOCTYPE html><html><body><p>Invoice 17</p></body></html>', 'html-to-text'],
    [
      'a mail',
      'From: ada@example.com\r\nTo: b@example.com\r\nDate: Mon, 3 Mar 2025 10:00:00 +0100\r\nSubject: Invoice\r\nMIME-Version: 1.0\r\n\r\nInvoice 17\r\n',
      'postal-mime',
    ],
    ['an e-invoice', crossIndustryInvoice(), 'fast-xml-parser'],
  ])('%s', async (_, paper, name) => {
    const { dependencies } = JSON.parse(await readFile('package.json', 'utf8'));
    const { pages } = await readers.read(Buffer.from(paper));
    expect(pages.map(({ by }) => by)).toEqual([`${name} ${dependencies[name]}`]);
  });

  it('plain text', async () => {
    expect((await readers.read(Buffer.from('Invoice 17'))).pages[0]!.by).toBe('plain text 2');
  });
});

it('the tesseract command is named with its version once it has read', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'rekey-tesseract-'));
  const { PATH } = process.env;
  const said =
    '#!/bin/sh\ncase "$1" in --version) echo "tesseract 9.8.7";; --list-langs) printf "all\\neng\\nosd\\n";; esac\n';
  await writeFile(join(folder, 'tesseract'), said);
  await chmod(join(folder, 'tesseract'), 0o755);
  process.env['PATH'] = `${folder}${delimiter}${PATH}`;
  const engine = openOcr({ engine: 'native', languages: ['eng'] });
  try {
    const picture = { data: new Uint8Array(100).fill(255), width: 10, height: 10 };
    expect(await engine.read(picture, { dpi: 300, segmentation: 'line' })).toEqual([]);
    expect(engine.id).toBe('tesseract 9.8.7');
  } finally {
    process.env['PATH'] = PATH;
    await engine.close();
    await rm(folder, { recursive: true });
  }
});
