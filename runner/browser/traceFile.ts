import { crc32 } from 'node:zlib';
import { withoutValues } from './maskedTrace.ts';
import type { Call } from './trace.ts';

/** Of the format, which newer viewers read as well. */
const VERSION = 8;

/** The calls as a file that Playwright's trace viewer opens; none of `values` stands in it. */
export function traceFile(calls: readonly Call[], values: Iterable<string>): Uint8Array {
  const told = [...new Set(values)];
  const clean = (text: string | undefined) => text && withoutValues(text, told);
  const lines = calls.flatMap(({ class: kind, method, selector, url, startTime, endTime, error }, at) => {
    const callId = `call@${at + 1}`;
    const params = { selector: clean(selector), url: clean(url) };
    return [
      { type: 'before', callId, stepId: callId, startTime, class: kind, method, params },
      // What was under way when it failed ends with it.
      {
        ...{ type: 'after', callId, endTime: endTime ?? calls.at(-1)?.endTime ?? startTime },
        ...(error && { error: { name: error, message: error === 'TimeoutError' ? 'Timeout exceeded.' : 'Failed.' } }),
      },
    ];
  });
  const head = {
    ...{ version: VERSION, type: 'context-options', origin: 'library', browserName: 'chromium', platform: '' },
    ...{ wallTime: performance.timeOrigin + (calls[0]?.startTime ?? 0), monotonicTime: calls[0]?.startTime ?? 0 },
    ...{ sdkLanguage: 'javascript', options: {} },
  };
  const trace = [head, ...lines].map((line) => `${JSON.stringify(line)}\n`).join('');
  return zip([
    { name: 'trace.trace', bytes: Buffer.from(trace) },
    { name: 'trace.network', bytes: Buffer.alloc(0) },
  ]);
}

interface Part {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Parts one after the other, each with its header, and the list of them at the end; nothing is compressed. */
function zip(parts: readonly Part[]): Uint8Array {
  const bodies: Uint8Array[] = [];
  const list: Uint8Array[] = [];
  let offset = 0;
  for (const { name, bytes } of parts) {
    const shared = entryFacts(name, bytes);
    const header = Buffer.concat([signature(0x04034b50), shared, Buffer.from(name)]);
    list.push(
      signature(0x02014b50),
      numbers(2, 20),
      shared,
      numbers(2, 0, 0, 0),
      numbers(4, 0, offset),
      Buffer.from(name),
    );
    bodies.push(header, bytes);
    offset += header.length + bytes.length;
  }
  const listed = Buffer.concat(list);
  const end = [numbers(2, 0, 0, parts.length, parts.length), numbers(4, listed.length, offset), numbers(2, 0)];
  return Buffer.concat([...bodies, listed, signature(0x06054b50), ...end]);
}

/** What both headers of an entry say: version 2.0, names in UTF-8, stored, no date, check sum, sizes. */
function entryFacts(name: string, bytes: Uint8Array): Uint8Array {
  const [firstDay, namesInUtf8] = [0x21, 0x0800];
  return Buffer.concat([
    numbers(2, 20, namesInUtf8, 0, 0, firstDay),
    numbers(4, crc32(bytes), bytes.length, bytes.length),
    numbers(2, Buffer.byteLength(name), 0),
  ]);
}

const signature = (sign: number) => numbers(4, sign);

function numbers(width: 2 | 4, ...values: readonly number[]): Uint8Array {
  const bytes = Buffer.alloc(width * values.length);
  values.forEach((value, at) => void bytes.writeUIntLE(value, at * width, width));
  return bytes;
}
