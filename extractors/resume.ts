import { createReadStream, createWriteStream } from 'node:fs';
import { rename, stat, truncate } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { InvalidInput, newId } from '#core';

/** What another try may mend: an engine that was down, a password that was not given. */
const WORTH_ANOTHER_TRY: readonly unknown[] = ['ocr-failed', 'password'];
const LINE_FEED = 0x0a;

/**
 * Makes `out` ready for further lines, and gives the files that have theirs. A half-written last line is cut off, and
 * lines of failures that another try may mend are taken out: their files are done again.
 */
export async function resumeLines(out: string | undefined): Promise<Set<string>> {
  if (out === undefined)
    throw new InvalidInput('resume-needs-out', '--resume', 'Give --out as well: there is nothing to resume.');
  const done = new Set<string>();
  let length = 0;
  let mayMend = false;
  for await (const line of linesOf(out)) {
    length += line.length;
    const { file, isFinal } = said(line);
    mayMend ||= !isFinal;
    if (file !== undefined && isFinal) done.add(file);
  }
  if (mayMend) await keepFinalLines(out);
  else await truncate(out, length).catch(unlessMissing(out));
  return done;
}

/** Through a file beside it, so that no line is lost wherever this ends; hidden, so that nobody takes it for a paper. */
async function keepFinalLines(out: string): Promise<void> {
  const draft = join(dirname(out), `.${newId()}.jsonl`);
  const { mode } = await stat(out);
  await pipeline(Readable.from(finalLines(out)), createWriteStream(draft, { mode }));
  await rename(draft, out);
}

async function* finalLines(out: string): AsyncGenerator<Buffer> {
  for await (const line of linesOf(out)) if (said(line).isFinal) yield line;
}

/** The complete lines of a file, each with its line feed; none where there is no file. The file may be of any size. */
async function* linesOf(file: string): AsyncGenerator<Buffer> {
  let begun: Buffer[] = [];
  try {
    for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
      let from = 0;
      for (let end = chunk.indexOf(LINE_FEED); end >= 0; end = chunk.indexOf(LINE_FEED, from)) {
        yield Buffer.concat([...begun, chunk.subarray(from, end + 1)]);
        begun = [];
        from = end + 1;
      }
      begun.push(chunk.subarray(from));
    }
  } catch (error) {
    unlessMissing(file)(error as NodeJS.ErrnoException);
  }
}

function unlessMissing(file: string): (error: NodeJS.ErrnoException) => void {
  return ({ code }) => {
    if (code !== 'ENOENT') throw new InvalidInput('cannot-write', '--out', `${file} cannot be gone on with (${code}).`);
  };
}

interface Said {
  /** Undefined for a line that was not written by a batch. */
  readonly file: string | undefined;
  readonly isFinal: boolean;
}

function said(line: Buffer): Said {
  const parsed = parse(line);
  if (typeof parsed !== 'object' || parsed === null) return { file: undefined, isFinal: true };
  const { file, error_kind: kind } = parsed as Record<string, unknown>;
  return { file: typeof file === 'string' ? file : undefined, isFinal: !WORTH_ANOTHER_TRY.includes(kind) };
}

function parse(line: Buffer): unknown {
  try {
    return JSON.parse(line.toString('utf8'));
  } catch {
    return undefined;
  }
}
