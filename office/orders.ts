import { InvalidInput, newId, type Order, type OrderReceipt, sha256, type Task } from '#core';
import type { LocalOfficeOptions, OfficeBot, Refusal } from './localOffice.ts';

/** Larger papers are refused before they are stored. */
const MAX_BYTES = 50 * 1024 * 1024;

/**
 * An order → looked at → in the archive → a task → a ticket for its lane. A paper that is refused at the door becomes a task too,
 * born rejected, so that everything that came in is accounted for.
 */
export async function takeOrder(order: Order, bot: OfficeBot, office: LocalOfficeOptions): Promise<OrderReceipt> {
  const { store, dispatch } = office;
  const { document, refused } = order.paper ? await takePaper(order.paper, office) : {};
  const input = { ...order.input, ...(document && { document }) };
  const problem = refused ? undefined : bot.inputProblems(input)[0];
  if (problem) throw new InvalidInput('invalid-input', `input.${problem.fields.join('.')}`, problem.message);

  const { task, created } = await store.tasks.submit({
    bot: bot.card,
    key: order.key ?? document?.sha256 ?? newId(),
    input,
    ...(order.dueAt !== undefined && { dueAt: due(order.dueAt) }),
    ...(order.priority !== undefined && { value: order.priority }),
    ...(refused && { refused: refused.code }),
  });
  // An erasure may have deleted it as nobody's, in the moment before the task spoke of it.
  if (order.paper && document && !refused && !(await office.archive.has(document.sha256))) {
    await office.archive.put(order.paper.bytes);
  }
  if (created && task.state === 'ready') await dispatch.ticket(task.bot);
  return {
    task: task.id,
    bot: task.bot,
    state: task.state,
    created,
    promisedAt: task.dueAt,
    // A key that was here already stands for the paper that came with it first, whatever came now.
    refused: (task.state === 'rejected' && refused) || null,
  };
}

async function takePaper(
  { name, bytes }: NonNullable<Order['paper']>,
  { archive, inspect }: LocalOfficeOptions,
): Promise<{ document: NonNullable<Task['input']['document']>; refused?: Refusal }> {
  const named = { sha256: sha256(bytes), name: fileName(name), mime: 'application/octet-stream' };
  if (bytes.length > MAX_BYTES) {
    const message = `The file is larger than ${MAX_BYTES / 1024 / 1024} MB; split it or scan it at a lower resolution.`;
    return { document: named, refused: { code: 'unreadable-too-large', message } };
  }
  const [seen] = await Promise.all([inspect(bytes), archive.put(bytes)]);
  return 'refused' in seen ? { document: named, refused: seen.refused } : { document: { ...named, mime: seen.mime } };
}

/** The last part of a path, without what could steer a terminal or a page; papers are stored by content, never by name. */
function fileName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  const plain = last.toWellFormed().replace(/[\p{Cc}\p{Cf}]/gu, '');
  return [...plain].slice(0, 200).join('') || 'unnamed';
}

function due(at: string): string {
  const time = Date.parse(at);
  if (Number.isNaN(time)) {
    throw new InvalidInput('invalid-time', 'due', 'Give the promise as an ISO time such as 2026-03-31T17:00:00Z.');
  }
  return new Date(time).toISOString();
}
