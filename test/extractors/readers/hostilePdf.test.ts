import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentLogger } from '#core';
import { openReaders } from '#extractors';
import { ReadError } from '../../../extractors/readers/errors.ts';
import { rawPdf } from './papers.ts';

const readers = openReaders({ workers: 1, limits: { textStepMs: 10_000 }, log: silentLogger });
afterAll(() => readers.close());

const SHOWN = 'BT /F 12 Tf 40 250 Td (Nothing runs) Tj ET';
const FONT = '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>';
const CONTENT = `<< /Length ${SHOWN.length} >>\nstream\n${SHOWN}\nendstream`;
const page = (parent: number, contents: number, more = '') =>
  `<< /Type /Page /Parent ${parent} 0 R /MediaBox [0 0 300 300] /Resources << /Font << /F ${FONT} >> >> /Contents ${contents} 0 R ${more}>>`;

/** A page that does something when it is opened, and has a place to click that does the same. */
function withAction(action: string): Buffer {
  return rawPdf([
    `<< /Type /Catalog /Pages 2 0 R /OpenAction ${action} /AA << /WC ${action} >> >>`,
    '<< /Type /Pages /Count 1 /Kids [3 0 R] >>',
    page(2, 4, `/AA << /O ${action} >> /Annots [5 0 R] `),
    CONTENT,
    `<< /Type /Annot /Subtype /Widget /FT /Tx /T (field) /V (typed) /F 4 /Rect [40 100 140 120] /A ${action} /AA << /E ${action} >> >>`,
  ]);
}

describe('actions in a PDF', () => {
  let visits = 0;
  const server = createServer((_, response) => {
    visits++;
    response.end();
  });
  let address = '';
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  });
  afterAll(() => void server.close());

  const trace = join(tmpdir(), `rekey-launched-${process.pid}`);
  const actions: [string, () => string][] = [
    ['launch', () => `<< /S /Launch /F (/usr/bin/touch) /Unix << /F (touch ${trace}) >> >>`],
    [
      'JavaScript',
      () =>
        `<< /S /JavaScript /JS (app.launchURL\\("${address}"\\); this.submitForm\\("${address}"\\); while \\(true\\);) >>`,
    ],
    ['URI', () => `<< /S /URI /URI (${address}) >>`],
    ['submitting', () => `<< /S /SubmitForm /F << /FS /URL /F (${address}) >> >>`],
    ['importing', () => `<< /S /ImportData /F << /FS /URL /F (${address}) >> >>`],
    ['another file', () => `<< /S /GoToR /F << /FS /URL /F (${address}) >> /D [0 /Fit] >>`],
  ];

  it.each(actions)('%s: the page is read, and nothing is done', async (_, action) => {
    const { text } = await readers.read(withAction(action()));
    expect(text).toContain('Nothing runs');
    expect(visits).toBe(0);
    expect(existsSync(trace)).toBe(false);
  });
});

it('a page as long as can be written is looked at like any other', async () => {
  const { pages } = await readers.read(
    rawPdf([
      '<< /Type /Catalog /Pages 2 0 R >>',
      '<< /Type /Pages /Count 213804087 /Kids [3 0 R] >>',
      '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 2147483647] /Contents 4 0 R >>',
      '<< /Length 0 >>\nstream\n\nendstream',
    ]),
  );
  expect(pages).toMatchObject([{ number: 1, words: [] }]);
});

it('pages that each take long, and share what takes it, are bounded all together', async () => {
  const heavy = '1 1 2 2 re f '.repeat(60_000);
  const pages = (count: number) =>
    rawPdf([
      '<< /Type /Catalog /Pages 2 0 R >>',
      `<< /Type /Pages /Count ${count} /Kids [${Array.from({ length: count }, (_, at) => `${at + 4} 0 R`).join(' ')}] >>`,
      `<< /Length ${heavy.length + SHOWN.length} >>\nstream\n${heavy}${SHOWN}\nendstream`,
      ...Array.from({ length: count }, () => page(2, 3)),
    ]);
  const hasty = openReaders({ workers: 1, limits: { textMs: 2_000 }, log: silentLogger });
  expect((await hasty.read(pages(1))).text).toContain('Nothing runs');
  const message = expect.stringContaining('longer than the 2 s allowed');
  await expect(hasty.read(pages(200))).rejects.toMatchObject({ kind: 'timeout', message });
  await hasty.close();
});

/** Each node of the tree has one child, so many levels deep; the last is a page. */
function deepTree(levels: number): Buffer {
  const nodes = Array.from({ length: levels }, (_, level) => {
    const parent = level === 0 ? '' : `/Parent ${level + 1} 0 R `;
    return `<< /Type /Pages ${parent}/Count 1 /Kids [${level + 3} 0 R] >>`;
  });
  return rawPdf(['<< /Type /Catalog /Pages 2 0 R >>', ...nodes, page(levels + 1, levels + 3), CONTENT]);
}

const twisted: [string, () => Buffer][] = [
  [
    'a page tree that is its own child',
    () =>
      rawPdf([
        '<< /Type /Catalog /Pages 2 0 R >>',
        '<< /Type /Pages /Count 3 /Kids [2 0 R 3 0 R] >>',
        page(2, 4),
        CONTENT,
      ]),
  ],
  [
    'two nodes that are each other’s children',
    () =>
      rawPdf([
        '<< /Type /Catalog /Pages 2 0 R >>',
        '<< /Type /Pages /Count 9 /Kids [3 0 R 4 0 R] >>',
        '<< /Type /Pages /Parent 2 0 R /Count 9 /Kids [2 0 R] >>',
        page(2, 5),
        CONTENT,
      ]),
  ],
  [
    'a form that draws itself',
    () => {
      const inner = '/X Do';
      return rawPdf([
        '<< /Type /Catalog /Pages 2 0 R >>',
        '<< /Type /Pages /Count 1 /Kids [3 0 R] >>',
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] /Resources << /XObject << /X 4 0 R >> >> /Contents 5 0 R >>`,
        `<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 4 0 R >> >> /Length ${inner.length} >>\nstream\n${inner}\nendstream`,
        `<< /Length ${inner.length} >>\nstream\n${inner}\nendstream`,
      ]);
    },
  ],
  [
    'a length that points at its own stream',
    () =>
      rawPdf([
        '<< /Type /Catalog /Pages 2 0 R >>',
        '<< /Type /Pages /Count 1 /Kids [3 0 R] >>',
        page(2, 4),
        `<< /Length 4 0 R >>\nstream\n${SHOWN}\nendstream`,
      ]),
  ],
  ['a tree two thousand levels deep', () => deepTree(2_000)],
  [
    'arrays nested fifty thousand deep',
    () =>
      rawPdf([
        `<< /Type /Catalog /Pages 2 0 R /Deep ${'['.repeat(50_000)}${']'.repeat(50_000)} >>`,
        '<< /Type /Pages /Count 1 /Kids [3 0 R] >>',
        page(2, 4),
        CONTENT,
      ]),
  ],
];

describe('a PDF that leads in circles or too deep', () => {
  it.each(twisted)('%s is read or refused by name, and the next paper is read', async (_, make) => {
    const outcome = await readers.read(make()).then(
      ({ pages }) => pages.length,
      (error: unknown) => error,
    );
    if (typeof outcome === 'number') expect(outcome).toBeLessThanOrEqual(9);
    else expect(outcome).toBeInstanceOf(ReadError);
    const next = await readers.read(withAction('<< /S /Named /N /NextPage >>'));
    expect(next.text).toContain('Nothing runs');
  });
});
