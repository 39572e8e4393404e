import { afterAll, beforeAll, describe } from 'vitest';
import type { OpenStore } from '#store';
import { access } from './store/access.ts';
import { claims } from './store/claims.ts';
import { credentials } from './store/credentials.ts';
import { effects } from './store/effects.ts';
import { erasure } from './store/erasure.ts';
import { events } from './store/events.ts';
import { fences } from './store/fences.ts';
import { journal } from './store/journal.ts';
import { memory } from './store/memory.ts';
import { outcomes } from './store/outcomes.ts';
import { papers } from './store/papers.ts';
import { parked } from './store/parked.ts';
import { people } from './store/people.ts';
import { calendars, schedules } from './store/schedules.ts';
import { standings } from './store/standings.ts';
import { tasks } from './store/tasks.ts';
import { trust } from './store/trust.ts';
import { versions } from './store/versions.ts';

/** What any store must do, whatever database is below it. */
export function storeConformance(name: string, open: () => Promise<OpenStore>): void {
  describe(`store on ${name}`, () => {
    let opened: OpenStore;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened.close());
    const store = () => opened;

    describe('tasks', () => tasks(store));
    describe('claims and leases', () => claims(store));
    describe('fences', () => fences(store));
    describe('outcomes', () => outcomes(store));
    describe('journal', () => journal(store));
    describe('effect ledger', () => effects(store));
    describe('human queue', () => people(store));
    describe('events', () => events(store));
    describe('schedules', () => schedules(store));
    describe('calendars', () => calendars(store));
    describe('memory', () => memory(store));
    describe('seen papers', () => papers(store));
    describe('trust', () => trust(store));
    describe('versions', () => versions(store));
    describe('where a task stands', () => standings(store));
    describe('applications and accounts', () => access(store));
    describe('tasks that wait for an application', () => parked(store));
    describe('erasure', () => erasure(store));
    describe('credentials', () => credentials(store));
  });
}
