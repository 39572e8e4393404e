import { describe, expect, it } from 'vitest';
import type { Statement } from '#core';
import { explainPage, extractPaper, type Readers, type ReadResult } from '#extractors';
import { booking, germanInvoice, type Placed, pageOf } from '../paper.ts';

async function explained(placed: readonly Placed[], more: Partial<ReadResult> = {}): Promise<string> {
  const read = async (): Promise<ReadResult> => ({
    ...{ pages: [pageOf(placed)], statements: [], doubts: [], text: '', ms: 1 },
    ...more,
  });
  const readers = { read } as Partial<Readers> as Readers;
  const paper = await extractPaper(readers, Buffer.from('paper'), 'auto');
  return explainPage({ name: 'a.pdf', paper, pictures: [undefined] });
}

describe('the page that explains a paper', () => {
  it('tells what a paper looks like that is surely of one kind, and of no doubts', async () => {
    const page = await explained(germanInvoice);
    expect(page).toMatch(/Read as invoice\. Looks like invoice, \d+ % sure\./);
    expect(page).not.toContain('aria-label="Doubts"');
  });

  it('tells of a paper of no sure kind what it may be, what it was read as, and what to do', async () => {
    const page = await explained(booking);
    expect(page).toMatch(/Read as receipt\. No kind of paper is likely enough: receipt \d+ %, .*none of these \d+ %\./);
    expect(page).toMatch(/What kind of paper this is cannot be told\. .*kind-unsure/);
  });

  it('tells where the data of a paper say another kind than its words', async () => {
    const credit: Statement = { format: 'factur-x', typeCode: '381', values: {}, items: [] };
    const page = await explained(germanInvoice, { statements: [credit] });
    expect(page).toMatch(/Looks like credit-note, \d+ % sure; by its words alone invoice \d+ %/);
  });

  it('shows comments at their place and in words', async () => {
    const note = { text: 'Pay <half>', x0: 100, y0: 200, x1: 140, y1: 240 };
    const pages = [{ ...pageOf(germanInvoice), notes: [note] }];
    const page = await explained(germanInvoice, { pages, doubts: ['commented'] });
    expect(page).toContain('<rect class="note" x="100.0" y="200.0" width="40.0" height="40.0">');
    expect(page).toContain('<li>Comment: Pay &lt;half&gt;</li>');
    expect(page).toContain('Somebody wrote comments on the paper');
  });
});
