import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { OpenDispatch } from '#queues';

export interface DispatchUnderTest {
  readonly dispatch: OpenDispatch;
  /** Another process's dispatch on the same database. */
  readonly neighbour: OpenDispatch;
  close(): Promise<void>;
}

/** What any dispatch must do, whatever queue is below it. */
export function dispatchConformance(name: string, open: () => Promise<DispatchUnderTest>): void {
  describe(`dispatch on ${name}`, () => {
    let opened: DispatchUnderTest;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened.close());

    /** Works a lane of the test's own and counts the tickets drawn. */
    async function counted(lane: string, concurrency = 1) {
      const seen = { drawn: 0 };
      const work = await opened.dispatch.work(lane, concurrency, async () => {
        seen.drawn++;
      });
      onTestFinished(() => work.close());
      return seen;
    }

    it('hands out each ticket once, those issued before and after the worker came', async () => {
      const lane = randomUUID();
      await opened.dispatch.ticket(lane);
      const seen = await counted(lane);
      await opened.dispatch.ticket(lane);
      await opened.neighbour.ticket(lane);
      await vi.waitFor(() => expect(seen.drawn).toBe(3), { timeout: 15_000 });
    });

    it('hands out tickets of its own lane only', async () => {
      const [lane, other] = [randomUUID(), randomUUID()];
      const [mine, others] = [await counted(lane), await counted(other)];
      await opened.dispatch.ticket(lane);
      await vi.waitFor(() => expect(mine.drawn).toBe(1), { timeout: 15_000 });
      await opened.dispatch.ticket(other);
      await vi.waitFor(() => expect(others.drawn).toBe(1), { timeout: 15_000 });
      expect(mine.drawn).toBe(1);
    });

    it('holds a ticket back until its time', async () => {
      const lane = randomUUID();
      const seen = await counted(lane);
      const issued = performance.now();
      await opened.dispatch.ticket(lane, { delaySeconds: 0.5 });
      await vi.waitFor(() => expect(seen.drawn).toBe(1), { timeout: 15_000, interval: 20 });
      expect(performance.now() - issued).toBeGreaterThan(480);
    });

    it('takes tickets of one slot for one while none was drawn', async () => {
      const lane = randomUUID();
      for (let n = 0; n < 5; n++) await opened.dispatch.ticket(lane, { slot: 1 });
      await opened.neighbour.ticket(lane, { slot: 1 });
      await opened.dispatch.ticket(lane, { slot: 2 });
      const seen = await counted(lane);
      await vi.waitFor(() => expect(seen.drawn).toBe(2), { timeout: 15_000 });
      await vi.waitFor(
        async () => {
          await opened.dispatch.ticket(lane, { slot: 1 });
          expect(seen.drawn).toBeGreaterThan(2);
        },
        { timeout: 15_000 },
      );
    });

    it('tells how many tickets wait or are being worked on, and of which none is lost', async () => {
      const lane = randomUUID();
      expect(await opened.dispatch.tickets(lane)).toBe(0);
      await opened.neighbour.ticket(lane);
      await opened.neighbour.ticket(lane);
      await opened.neighbour.ticket(lane, { delaySeconds: 3600 });
      expect(await opened.dispatch.tickets(lane)).toBe(2);
      const gate = Promise.withResolvers<void>();
      const drawn = Promise.withResolvers<void>();
      const work = await opened.dispatch.work(lane, 1, () => {
        drawn.resolve();
        return gate.promise;
      });
      onTestFinished(() => work.close());
      await drawn.promise;
      expect(await opened.dispatch.tickets(lane)).toBe(2);
      gate.resolve();
      await vi.waitFor(async () => expect(await opened.dispatch.tickets(lane)).toBe(0), { timeout: 15_000 });
    });

    it('issues no more tickets than wake somebody, and again when those were drawn', async () => {
      const lane = randomUUID();
      const issue = (dispatch: OpenDispatch, tickets: number) =>
        Promise.all(Array.from({ length: tickets }, () => dispatch.ticket(lane)));
      await issue(opened.dispatch, 300);
      expect(await opened.dispatch.tickets(lane)).toBe(300);
      await issue(opened.dispatch, 2000);
      const waiting = await opened.dispatch.tickets(lane);
      expect(waiting).toBeGreaterThanOrEqual(1000);
      expect(waiting).toBeLessThanOrEqual(1100);
      await opened.dispatch.ticket(lane, { slot: 1 });
      await opened.dispatch.ticket(lane, { delaySeconds: 0.1 });
      const seen = await counted(lane, 50);
      await vi.waitFor(() => expect(seen.drawn).toBe(waiting + 2), { timeout: 30_000 });
      await opened.dispatch.ticket(lane);
      await vi.waitFor(() => expect(seen.drawn).toBe(waiting + 3), { timeout: 15_000 });
    });

    it('works as many tickets at once as it may, and no more', async () => {
      const lane = randomUUID();
      const gate = Promise.withResolvers<void>();
      const seen = { now: 0, most: 0, all: 0 };
      const work = await opened.dispatch.work(lane, 3, async () => {
        seen.now++;
        seen.most = Math.max(seen.most, seen.now);
        await gate.promise;
        seen.now--;
        seen.all++;
      });
      onTestFinished(() => work.close());
      for (let n = 0; n < 7; n++) await opened.dispatch.ticket(lane);
      await vi.waitFor(() => expect(seen.now).toBe(3), { timeout: 15_000 });
      gate.resolve();
      await vi.waitFor(() => expect(seen.all).toBe(7), { timeout: 15_000 });
      expect(seen.most).toBe(3);
    });

    it('goes on after a ticket whose work failed', async () => {
      const lane = randomUUID();
      let drawn = 0;
      const work = await opened.dispatch.work(lane, 1, async () => {
        drawn++;
        if (drawn === 1) throw new Error('database away');
      });
      onTestFinished(() => work.close());
      await opened.dispatch.ticket(lane);
      await opened.dispatch.ticket(lane);
      await vi.waitFor(() => expect(drawn).toBe(2), { timeout: 15_000 });
    });

    it('waits on closing for those under way, and draws no more', async () => {
      const lane = randomUUID();
      const gate = Promise.withResolvers<void>();
      const story: string[] = [];
      const work = await opened.dispatch.work(lane, 1, async () => {
        story.push('drawn');
        await gate.promise;
        story.push('worked');
      });
      await opened.dispatch.ticket(lane);
      await vi.waitFor(() => expect(story).toEqual(['drawn']), { timeout: 15_000 });
      const closed = work.close().then(() => story.push('closed'));
      await opened.dispatch.ticket(lane);
      gate.resolve();
      await closed;
      expect(story).toEqual(['drawn', 'worked', 'closed']);
    });

    it('loses a ticket rather than failing who issues it', async () => {
      const gone = await open();
      await gone.close();
      await expect(gone.dispatch.ticket(randomUUID())).resolves.toBeUndefined();
    });
  });
}
