import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { areaOf } from './support/architecture/check.ts';
import { sourcesOfTheTree } from './support/architecture/tree.ts';
import { codesIn, documentedCodes, isUse } from './support/docs/codes.ts';

/** The demo's application has messages of its own, bin/ speaks in sentences, and tests make codes up. */
const WITHOUT_CODES = ['demo', 'demo/ledger', 'console/web', 'bin', 'bench', 'test'];

const used = sourcesOfTheTree()
  .filter(({ file }) => !WITHOUT_CODES.includes(areaOf(file)?.folder ?? ''))
  .flatMap(codesIn);
const documented = documentedCodes(readFileSync('docs/errors.md', 'utf8'));

describe('docs/errors.md', () => {
  it('lists every code the source gives out', () => {
    const missing = used.filter(({ code }) => !documented.some((row) => isUse(row.code, code)));
    expect([...new Set(missing.map(({ code, file }) => `${code} (${file})`))].sort()).toEqual([]);
  });

  it('lists no code that is gone, and none twice', () => {
    const codes = documented.map(({ code }) => code);
    const gone = codes.filter((code) => !used.some((use) => isUse(code, use.code)));
    expect([...gone, ...codes.filter((code, at) => codes.indexOf(code) !== at)]).toEqual([]);
  });

  it('names the class each code is thrown with', () => {
    const wrong = used.filter(({ code, kind }) => {
      const rows = documented.filter((row) => isUse(row.code, code));
      return kind !== 'question' && rows.length > 0 && !rows.some((row) => row.kind.split(', ').includes(kind));
    });
    expect(wrong).toEqual([]);
  });

  it('says for each what to do', () => {
    expect(documented.filter(({ remedy }) => remedy.length < 15)).toEqual([]);
  });
});

describe('the collector', () => {
  const codes = (text: string) => codesIn({ file: 'runner/run.ts', text }).map(({ code, kind }) => `${kind} ${code}`);

  it.each([
    [`throw new BusinessException('no-order', 'None.');`, ['business no-order']],
    [
      `throw new Throttled(busy ? 'settling' : 'account-held', 'Wait.');`,
      ['throttled settling', 'throttled account-held'],
    ],
    [`throw new Refusal(409, 'taken', 'Taken.');`, ['request taken']],
    [`const q = { code: found ?? 'low-confidence' };`, ['question low-confidence']],
    [`const code = missing ? 'missing-value' : 'invalid-value';`, ['question missing-value', 'question invalid-value']],
    [`function differs(code: 'already-there' | 'keyed-twice') {}`, ['question already-there', 'question keyed-twice']],
    [`throw new InvalidInput(\`unknown-\${what}\`, what, 'None.');`, ['input unknown-*']],
    [`throw new TypeError('no-order');`, []],
    [`const row = { code: vendor.code, name: 'no-order' };`, []],
  ])('reads %s', (text, expected) => {
    expect(codes(text)).toEqual(expected);
  });
});
