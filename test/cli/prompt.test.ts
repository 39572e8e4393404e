import fc from 'fast-check';
import { expect, it } from 'vitest';
import { lineOf } from '../../cli/prompt.ts';

async function* typed(text: string): AsyncGenerator<string> {
  yield* text;
}

it('what is typed unseen is taken up to Enter, key by key', async () => {
  await fc.assert(
    fc.asyncProperty(fc.stringMatching(/^[^\p{Cc}]*$/u), fc.stringMatching(/^[^\p{Cc}]*$/u), async (one, other) => {
      const keys = typed(`${one}\r${other}x\u007f\n`);
      expect([await lineOf(keys), await lineOf(keys)]).toEqual([one, other]);
    }),
  );
});

it.each(['\u0003', 'half\u0003', 'half\u0004', 'half'])('%j ends without an answer', async (text) => {
  await expect(lineOf(typed(text))).rejects.toMatchObject({ code: 'secret-missing' });
});
