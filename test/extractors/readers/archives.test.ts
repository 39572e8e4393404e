import { crc32 } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentLogger } from '#core';
import { openReaders, type Readers } from '#extractors';
import { drawLetter, makePdf } from './papers.ts';

let readers: Readers;
beforeAll(() => {
  readers = openReaders({ workers: 1, log: silentLogger });
});
afterAll(() => readers.close());

const LOCAL = 0x04034b50;
const LISTED = 0x02014b50;
const END = 0x06054b50;

/** An archive of one file, stored as it is. */
function zip(name: string, bytes: Uint8Array): Buffer {
  const common = Buffer.alloc(26);
  common.writeUInt16LE(20, 0);
  common.writeUInt32LE(crc32(bytes), 10);
  common.writeUInt32LE(bytes.length, 14);
  common.writeUInt32LE(bytes.length, 18);
  common.writeUInt16LE(Buffer.byteLength(name), 22);
  const local = Buffer.concat([number(LOCAL), common, Buffer.from(name), bytes]);
  const listed = Buffer.concat([number(LISTED), Buffer.from([20, 0]), common, Buffer.alloc(14), Buffer.from(name)]);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(1, 4);
  end.writeUInt16LE(1, 6);
  end.writeUInt32LE(listed.length, 8);
  end.writeUInt32LE(local.length, 12);
  return Buffer.concat([local, listed, number(END), end]);
}

/** The head that the ustar format gives a file, as far as it tells one. */
function tar(name: string, bytes: Uint8Array): Buffer {
  const head = Buffer.alloc(512);
  head.write(name, 0);
  head.write('0000644', 100);
  head.write(bytes.length.toString(8).padStart(11, '0'), 124);
  head.write('ustar', 257);
  return Buffer.concat([head, bytes, Buffer.alloc(1024)]);
}

function number(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

describe('an archive', () => {
  it('is refused by name, never unpacked: with a paper in it, in another archive, or with a path out of its folder', async () => {
    const letter = await makePdf(drawLetter);
    const archives = [
      zip('letter.pdf', letter),
      zip('inner.zip', zip('letter.pdf', letter)),
      zip('../../letter.pdf', letter),
    ];
    for (const archive of [...archives, tar('letter.pdf', letter)]) {
      await expect(readers.probe(archive)).rejects.toMatchObject({ kind: 'unsupported' });
      await expect(readers.read(archive)).rejects.toMatchObject({ kind: 'unsupported' });
    }
  });
});
