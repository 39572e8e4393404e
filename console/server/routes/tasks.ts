import { z } from 'zod';
import type { Office, OrderReceipt } from '#core';
import type { ConsoleApp } from '../app.ts';
import { ordersOf } from '../orders.ts';
import { present } from '../present.ts';
import { faultBody, listedTask, orderReceipt, taskState, taskStory } from '../schemas.ts';

const filter = z.object({
  state: taskState.optional(),
  bot: z.string().optional(),
  after: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(500).optional(),
});

const receipts = z.union([orderReceipt, z.array(orderReceipt)]);

export function taskRoutes(app: ConsoleApp, office: Office): void {
  app.post(
    '/api/tasks',
    {
      schema: {
        consumes: ['multipart/form-data', 'application/json'],
        response: { 200: receipts, 201: receipts, 422: receipts, 400: faultBody, 413: faultBody },
      },
    },
    async (request, reply) => {
      const { orders, many } = await ordersOf(request);
      const answers: OrderReceipt[] = [];
      for (const order of orders) answers.push(await office.submit(order));
      return reply.code(statusOf(answers)).send(many ? answers : answers[0]!);
    },
  );

  app.get(
    '/api/tasks',
    { schema: { querystring: filter, response: { 200: z.array(listedTask).readonly() } } },
    (request) => office.tasks(present(request.query)),
  );

  app.get(
    '/api/tasks/:id',
    { schema: { params: z.object({ id: z.string() }), response: { 200: taskStory, 404: faultBody } } },
    (request) => office.task(request.params.id),
  );
}

/** Made where any is new; refused only where all are; each receipt tells its own. */
function statusOf(receipts: readonly OrderReceipt[]): 200 | 201 | 422 {
  const taken = receipts.filter(({ refused }) => refused === null);
  if (taken.length === 0) return 422;
  return taken.some(({ created }) => created) ? 201 : 200;
}
