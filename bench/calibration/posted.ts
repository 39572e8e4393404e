import { bots } from '#bots';

/** Which of the demo's bots works through what an extractor reads. */
const BOT_OF: Readonly<Record<string, string>> = { invoice: 'supplier-invoice', 'delivery-note': 'delivery-note' };

/**
 * Whether a bot's record takes the field from the paper. The budget is of wrong fields among posted ones: a sender's name
 * only leads to the master data, and says nothing of it.
 */
export function isPosted(extractor: string, field: string): boolean {
  const records = bots.find(({ card }) => card.name === BOT_OF[extractor])?.records ?? [];
  return records.some(({ fieldNames }) => (fieldNames as readonly string[]).includes(field));
}
