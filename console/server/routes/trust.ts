import { z } from 'zod';
import type { Office } from '#core';
import type { ConsoleApp } from '../app.ts';
import { trustReport } from '../schemas.ts';

const answer = { response: { 200: trustReport } };
const asked = z.object({ wrongPerThousand: z.coerce.number().min(0).max(1000).optional() });

export function trustRoutes(app: ConsoleApp, office: Office): void {
  app.get('/api/trust', { schema: { ...answer, querystring: asked } }, ({ query }) =>
    office.trust(query.wrongPerThousand),
  );
  app.post('/api/trust/layers', { schema: answer }, () => office.recalibrate());
  app.delete('/api/trust/layers/newest', { schema: answer }, () => office.takeBackTrust());
}
