import { z } from 'zod';
import type { Office } from '#core';
import type { ConsoleApp } from '../app.ts';
import { faultBody, layoutSummary, lesson } from '../schemas.ts';

const layout = z.object({ layout: z.string() });
const lessons = z.array(lesson).readonly();

/** What corrections taught: layouts, every version of their lessons, and taking one back. */
export function memoryRoutes(app: ConsoleApp, office: Office): void {
  app.get('/api/layouts', { schema: { response: { 200: z.array(layoutSummary).readonly() } } }, () => office.layouts());
  app.get(
    '/api/layouts/:layout/lessons',
    { schema: { params: layout, response: { 200: lessons, 404: faultBody } } },
    ({ params }) => office.lessons(params.layout),
  );
  app.delete(
    '/api/layouts/:layout/lessons/:field',
    { schema: { params: layout.extend({ field: z.string() }), response: { 200: lessons, 404: faultBody } } },
    ({ params }) => office.revertLesson(params.layout, params.field),
  );
}
