import { z } from 'zod';
import type { Office } from '#core';
import type { ConsoleApp } from '../app.ts';
import { fault, Refusal } from '../errors.ts';
import { personOf } from '../person.ts';
import { present } from '../present.ts';
import { answerBody, faultBody, humanTask, problem } from '../schemas.ts';

const params = z.object({ id: z.string() });
const skills = z.object({ skill: z.union([z.string(), z.array(z.string())]).optional() });

const stored = z.object({ outcome: z.literal('stored') });
const refused = faultBody.extend({ problems: z.array(problem).readonly(), mayOverrule: z.boolean() });

/** Every change names its person in header `x-rekey-person`. */
export function exceptionRoutes(app: ConsoleApp, office: Office): void {
  app.get(
    '/api/exceptions',
    { schema: { querystring: skills, response: { 200: z.array(humanTask).readonly() } } },
    (request) => {
      const { skill } = request.query;
      return office.exceptions(skill === undefined ? {} : { skills: [skill].flat() });
    },
  );

  app.get('/api/exceptions/:id', { schema: { params, response: { 200: humanTask, 404: faultBody } } }, (request) =>
    office.exception(request.params.id),
  );

  app.post(
    '/api/exceptions/:id/claim',
    { schema: { params, response: { 200: z.object({ claimed: z.literal(true) }), 404: faultBody, 409: faultBody } } },
    async (request) => {
      if (!(await office.claim(request.params.id, personOf(request)))) throw taken();
      return { claimed: true } as const;
    },
  );

  app.post(
    '/api/exceptions/:id/release',
    { schema: { params, response: { 204: z.null(), 404: faultBody } } },
    async (request, reply) => {
      await office.release(request.params.id, personOf(request));
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/api/exceptions/:id/answer',
    {
      schema: {
        params,
        body: answerBody,
        response: { 200: stored, 400: faultBody, 404: faultBody, 409: faultBody, 422: refused },
      },
    },
    async (request, reply) => {
      const person = personOf(request);
      const answer = await office.answer(request.params.id, { person, ...present(request.body) });
      switch (answer.outcome) {
        case 'stored':
          return reply.code(200).send({ outcome: 'stored' });
        case 'taken':
          throw taken();
        case 'refused':
          return reply.code(422).send({
            ...fault('answer-refused', 'Nothing was stored: see the problems.'),
            problems: answer.problems,
            mayOverrule: answer.mayOverrule,
          });
      }
    },
  );
}

function taken(): Refusal {
  return new Refusal(409, 'taken', 'Another person holds this question or has answered it.');
}
