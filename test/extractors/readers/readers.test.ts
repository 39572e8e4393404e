import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { silentLogger } from '#core';
import { openReaders, type Readers } from '#extractors';
import { drawLetter, findWord, lettersRead, makePdf, overlap, pdfOfImage, scanLetter } from './papers.ts';

let readers: Readers;
let cache: string;

beforeAll(async () => {
  cache = await mkdtemp(join(tmpdir(), 'rekey-readings-'));
  readers = openReaders({ workers: 1, cache, log: silentLogger });
});

afterAll(async () => {
  await readers.close();
  await rm(cache, { recursive: true });
});

describe('reading', () => {
  it('takes a text layer as it is', async () => {
    const { pages, text } = await readers.read(await makePdf(drawLetter));
    expect(pages).toMatchObject([{ number: 1, source: 'text', rotation: 0 }]);
    expect(lettersRead(text)).toBe(1);
  });

  it('reads scanned pages by OCR, with boxes where the words stand', async () => {
    const typed = await readers.read(await makePdf(drawLetter, { size: [480, 320] }));
    const { pages, text } = await readers.read(await pdfOfImage(await scanLetter()));
    expect(pages).toMatchObject([{ number: 1, width: 960, height: 640, source: 'ocr', rotation: 0 }]);
    expect(lettersRead(text)).toBeGreaterThan(0.9);
    for (const word of ['48213', 'Envelopes', '979.40']) {
      expect(overlap(findWord(pages[0], word), findWord(typed.pages[0], word)), word).toBeGreaterThan(0.45);
    }
  });

  it.each([90, 180, 270] as const)('stands an image upright that was scanned at %i degrees', async (degrees) => {
    const { pages, text } = await readers.read(await scanLetter({ degrees }));
    expect(pages).toMatchObject([{ width: 1000, height: 667, source: 'ocr', rotation: 360 - degrees }]);
    expect(lettersRead(text)).toBeGreaterThan(0.9);
  });

  it('reads a negative', async () => {
    const scan = await sharp(await scanLetter())
      .negate()
      .png()
      .toBuffer();
    expect(lettersRead((await readers.read(scan)).text)).toBeGreaterThan(0.9);
  });

  it('levels a scan that lies askew, and gives boxes on the scan as it is', async () => {
    const scan = await scanLetter({ degrees: 3 });
    const { width, height } = await sharp(scan).metadata();
    const { pages, text } = await readers.read(scan);
    expect(pages).toMatchObject([{ width, height, rotation: 0 }]);
    expect(lettersRead(text)).toBeGreaterThan(0.9);
    const [second] = await readers.reread(scan, [findWord(pages[0], 'February.')], pages);
    expect(second!.text).toContain('February');
  });

  it('follows the camera: EXIF orientation is not a rotation of the page', async () => {
    const photo = await sharp(await scanLetter({ degrees: 270 }))
      .withMetadata({ orientation: 6 })
      .jpeg({ quality: 90 })
      .toBuffer();
    const { pages, text } = await readers.read(photo);
    expect(pages).toMatchObject([{ width: 1000, height: 667, rotation: 0 }]);
    expect(lettersRead(text)).toBeGreaterThan(0.9);
  });

  it('sees a scan under a typed stamp', async () => {
    const scan = await scanLetter();
    const stamped = await makePdf(
      (pdf) => pdf.image(scan, 0, 0, { width: 480 }).fontSize(8).text('Scanned by ACME', 300, 300),
      {
        size: [480, 320],
      },
    );
    const { pages, text } = await readers.read(stamped);
    expect(pages[0]!.source).toBe('ocr');
    expect(lettersRead(text)).toBeGreaterThan(0.9);
  });

  it('leaves an empty page empty', async () => {
    const { pages, text } = await readers.read(await makePdf(() => {}));
    expect(pages).toMatchObject([{ source: 'text', words: [] }]);
    expect(text).toBe('');
  });

  it('sets plain text on a page', async () => {
    const { pages, text } = await readers.read(Buffer.from('Invoice   17\n\nTotal\t9.00\fSecond page'));
    expect(text).toBe('Invoice 17\nTotal 9.00\fSecond page');
    expect(pages.map((page) => page.words.map((word) => word.text))).toEqual([
      ['Invoice', '17', 'Total', '9.00'],
      ['Second', 'page'],
    ]);
  });

  it('remembers what took OCR, and only that', async () => {
    const before = new Set(await readdir(cache));
    const scan = await sharp(await scanLetter())
      .webp({ lossless: true })
      .toBuffer();
    const first = await readers.read(scan);
    await readers.read(Buffer.from('plain text'));
    expect((await readdir(cache)).filter((file) => !before.has(file))).toHaveLength(1);
    const again = await readers.read(scan);
    expect(again.pages).toEqual(first.pages);
    expect(again.text).toBe(first.text);
    expect(again.ms).toBeLessThan(first.ms / 4);
  });
});

describe('pictures for people', () => {
  it('show the page as its boxes see it', async () => {
    const scan = await scanLetter({ degrees: 90 });
    const { pages } = await readers.read(scan);
    const { width, height, rotation } = pages[0]!;
    const shown = await sharp(await readers.renderPage(scan, 1, { width: 500, rotation })).metadata();
    expect(shown).toMatchObject({ format: 'webp', width: 500, height: Math.round((height / width) * 500) });
    const typed = await sharp(await readers.renderPage(await makePdf(drawLetter), 1, { width: 1191 })).metadata();
    expect(typed).toMatchObject({ format: 'webp', width: 1191, height: 1684 });
  });

  it('show plain text with ink where its words stand', async () => {
    const paper = Buffer.from('\n\n          MMMMMMMM');
    const { pages } = await readers.read(paper);
    const word = findWord(pages[0], 'MMMMMMMM');
    const picture = sharp(await readers.renderPage(paper, 1, { width: pages[0]!.width }));
    const box = { left: word.x0, top: word.y0, width: word.x1 - word.x0, height: word.y1 - word.y0 };
    const [inside] = (
      await sharp(await picture.clone().extract(box).toBuffer())
        .greyscale()
        .stats()
    ).channels;
    const [below] = (
      await sharp(
        await picture
          .clone()
          .extract({ ...box, top: 800 })
          .toBuffer(),
      )
        .greyscale()
        .stats()
    ).channels;
    expect(inside!.mean).toBeLessThan(230);
    expect(below!.mean).toBeGreaterThan(254);
  });

  it('cannot be made of pages that are not there', async () => {
    await expect(readers.renderPage(await makePdf(drawLetter), 7)).rejects.toMatchObject({ kind: 'unsupported' });
  });
});

describe('a process that is killed in the middle', () => {
  it('has a successor that reads the paper all the same', async () => {
    const scan = await scanLetter();
    const others = new Set(childProcesses());
    const warn = vi.spyOn(silentLogger, 'warn');
    const own = openReaders({ workers: 1, log: silentLogger });
    await own.read(Buffer.from('a first paper, so that its process is warm'));
    const victim = childProcesses().find((child) => !others.has(child));

    const reading = own.read(scan);
    await new Promise(setImmediate);
    process.kill(victim!, 'SIGKILL');
    expect(lettersRead((await reading).text)).toBeGreaterThan(0.9);
    expect(warn).toHaveBeenCalledWith({ exit: 'SIGKILL', job: 'read' }, 'reading process ended');
    await own.close();
  });

  it('ends at once when its reader no longer waits for it', async () => {
    const stop = new AbortController();
    const reading = readers.read(await scanLetter({ degrees: 2 }), { signal: stop.signal });
    stop.abort(new Error('not needed any more'));
    await expect(reading).rejects.toThrow('not needed any more');
    expect(lettersRead((await readers.read(await makePdf(drawLetter))).text)).toBe(1);
  });
});

function childProcesses(): number[] {
  const listed = execFileSync('pgrep', ['-P', String(process.pid)], { encoding: 'utf8' });
  return listed.trim().split('\n').map(Number);
}
