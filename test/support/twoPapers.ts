import { papersOf } from '#demo';

/** The first two papers of a batch, which must be digital invoices: their bytes, and the numbers a ledger shows them by. */
export async function twoPapers(batch: Parameters<typeof papersOf>[0]) {
  const papers = papersOf(batch);
  const next = async () => {
    const { value } = await papers.next();
    if (value?.truth.type !== 'invoice' || value.medium !== 'digital') throw new Error('The batch has changed.');
    return { name: value.name, bytes: value.bytes, number: value.truth.invoice_number };
  };
  const two = [await next(), await next()] as const;
  await papers.return(undefined);
  return two;
}
