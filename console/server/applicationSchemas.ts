import { z } from 'zod';
import { list, taskEvent } from './schemas.ts';

/** What the API answers of applications, in the types of core. */

const rules = z.object({
  application: z.string(),
  sessionsPerAccount: z.number(),
  paceSeconds: z.number().nullable(),
  openingHours: z
    .object({
      timeZone: z.string(),
      weekly: list(z.string()),
      maintenance: list(z.union([z.string(), z.object({ from: z.string(), to: z.string() })])),
    })
    .nullable(),
  hasCanary: z.boolean(),
});
const account = z.object({
  account: z.string(),
  state: z.enum(['free', 'lent', 'held']),
  holders: list(z.string()),
  sessions: z.number(),
  code: z.string().nullable(),
  since: z.string().nullable(),
  passwordExpiresAt: z.string().nullable(),
});
const look = z.object({
  at: z.string().nullable(),
  code: z.string().nullable(),
  inVain: z.number(),
  underWay: z.boolean(),
});

export const applicationInfo = z.object({
  application: z.string(),
  state: z.enum(['open', 'closed', 'parked', 'held']),
  code: z.string().nullable(),
  since: z.string().nullable(),
  until: z.string().nullable(),
  waiting: z.number(),
  soonest: z.string().nullable(),
  failures: z.number(),
  look: look.nullable(),
  accounts: list(account),
  rules: rules.nullable(),
});
export const accessEvent = z.object({
  at: z.string(),
  application: z.string(),
  account: z.string().nullable(),
  kind: z.string(),
  facts: taskEvent.shape.facts,
});
