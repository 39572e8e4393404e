import { fileTypeFromBuffer } from 'file-type';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type HumanTask, type Office, type Question, sha256 } from '#core';
import { erasureConformance } from './officeErasure.ts';

/** An office to try, and what it takes to put it into a state. */
export interface OfficeUnderTest {
  readonly office: Office;
  /** A bot the office knows, and its skill. */
  readonly bot: string;
  readonly skill: string;
  /** A paper the office takes and can draw; each call gives another one. */
  paper(): Promise<{ readonly name: string; readonly bytes: Uint8Array }>;
  /** Bytes that are no paper; each call gives other ones. */
  junk(): Promise<{ readonly name: string; readonly bytes: Uint8Array }>;
  /** A new task of that bot that waits for a person with this question. */
  ask(question: Question): Promise<HumanTask>;
  /** Stops the bot as a Defect would. */
  halt(): Promise<void>;
  close(): Promise<void>;
}

const FORM = {
  type: 'object',
  properties: {
    number: { type: 'string', pattern: '^[A-Z]\\d+$' },
    total: { anyOf: [{ type: 'string', pattern: '^\\d+\\.\\d{2}$' }, { type: 'null' }] },
  },
  required: ['number', 'total'],
  additionalProperties: false,
};

/** A question about a record that no bot has: rules are the bot's, the form is everybody's. */
function question(over: Partial<Question> = {}): Question {
  return {
    step: 'order number',
    kind: 'ask',
    code: 'bot-asks',
    title: 'Which number is it?',
    choices: ['answer', 'by-hand', 'reject'],
    form: FORM,
    record: null,
    draft: {},
    problems: [],
    compared: [],
    papers: [],
    evidence: [],
    ...over,
  };
}

export function officeConformance(name: string, open: () => Promise<OfficeUnderTest>): void {
  describe(`office: ${name}`, () => {
    let under: OfficeUnderTest;
    let office: Office;
    beforeAll(async () => {
      under = await open();
      office = under.office;
    }, 60_000);
    afterAll(() => under?.close());

    const order = async () => ({ bot: under.bot, paper: await under.paper() });

    describe('orders', () => {
      it('makes a task of a paper and promises a time', async () => {
        const receipt = await office.submit(await order());
        expect(receipt).toMatchObject({ bot: under.bot, created: true, refused: null });
        expect(Date.parse(receipt.promisedAt)).toBeGreaterThan(Date.now());
        expect((await office.task(receipt.task)).task).toMatchObject({ id: receipt.task, bot: under.bot });
      });

      it('takes the same paper once, whatever its file is called', async () => {
        const { bot, paper } = await order();
        const first = await office.submit({ bot, paper });
        const second = await office.submit({ bot, paper: { ...paper, name: 'again.pdf' } });
        expect(second).toMatchObject({ task: first.task, created: false, promisedAt: first.promisedAt });
      });

      it('takes the same key once', async () => {
        const first = await office.submit({ ...(await order()), key: 'letter-17' });
        const second = await office.submit({ ...(await order()), key: 'letter-17' });
        expect(second).toMatchObject({ task: first.task, created: false });
      });

      it('keeps the time and the priority asked for', async () => {
        const dueAt = '2031-01-02T03:04:05.000Z';
        const receipt = await office.submit({ ...(await order()), dueAt, priority: 7 });
        expect(receipt.promisedAt).toBe(dueAt);
        expect((await office.task(receipt.task)).task).toMatchObject({ dueAt, value: 7 });
      });

      it('refuses what is no paper and accounts for it', async () => {
        const receipt = await office.submit({ bot: under.bot, paper: await under.junk() });
        expect(receipt).toMatchObject({ state: 'rejected', refused: { code: expect.stringMatching(/^[a-z-]+$/) } });
        expect(receipt.refused?.message).not.toBe('');
        expect((await office.task(receipt.task)).task).toMatchObject({
          state: 'rejected',
          reason: receipt.refused?.code,
        });
      });

      it('keeps the bytes of a paper and draws its page', async () => {
        const { bot, paper } = await order();
        const { task } = await office.submit({ bot, paper });
        const hash = (await office.task(task)).task.input.document?.sha256 ?? '';
        expect(sha256(await office.blob(hash))).toBe(sha256(paper.bytes));
        const image = await fileTypeFromBuffer(await office.pageImage(hash, 1, 0));
        expect(image?.mime).toMatch(/^image\/(png|webp)$/);
      });

      it('knows no bot that is not there', async () => {
        await expect(office.submit({ bot: 'nobody' })).rejects.toMatchObject({ code: 'unknown-bot' });
      });
    });

    describe('tasks', () => {
      it('lists the newest first, page by page', async () => {
        for (let i = 0; i < 3; i++) await office.submit(await order());
        const all = await office.tasks({ bot: under.bot, limit: 500 });
        const [first] = await office.tasks({ limit: 1 });
        expect(first).toEqual(all[0]);
        expect(await office.tasks({ bot: under.bot, after: all[0]!.id, limit: 2 })).toEqual(all.slice(1, 3));
      });

      it('filters by state', async () => {
        await office.submit({ bot: under.bot, paper: await under.junk() });
        const rejected = await office.tasks({ state: 'rejected' });
        expect(rejected.length).toBeGreaterThan(0);
        expect(rejected.every(({ state }) => state === 'rejected')).toBe(true);
      });

      it('counts what it lists', async () => {
        const { counts, bots, now } = await office.overview();
        const all = await office.tasks({ limit: 500 });
        expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(all.length);
        expect(bots.map((bot) => bot.name)).toContain(under.bot);
        expect(Number.isNaN(Date.parse(now))).toBe(false);
      });

      it('knows no task that is not there', async () => {
        await expect(office.task('nowhere')).rejects.toMatchObject({ name: 'InvalidInput', code: 'unknown-task' });
      });
    });

    describe('exceptions', () => {
      it('shows the question as it was asked, in the list and alone, with the task waiting', async () => {
        const asked = await under.ask(question({ title: 'Which one of these?' }));
        expect(await office.exception(asked.id)).toMatchObject({
          title: 'Which one of these?',
          form: FORM,
          record: null,
          state: 'open',
        });
        expect((await office.exceptions()).map(({ id }) => id)).toContain(asked.id);
        expect((await office.task(asked.task)).task.state).toBe('waiting');
        expect((await office.overview()).exceptions).toBeGreaterThan(0);
      });

      it('lists by skill, the soonest promise first', async () => {
        await under.ask(question());
        const own = await office.exceptions({ skills: [under.skill] });
        expect(own.length).toBeGreaterThan(0);
        const dues = own.map(({ dueAt }) => Date.parse(dueAt));
        expect(dues).toEqual([...dues].sort((a, b) => a - b));
        expect(await office.exceptions({ skills: ['no-such-skill'] })).toEqual([]);
      });

      it('is held by one person at a time', async () => {
        const { id } = await under.ask(question());
        expect(await office.claim(id, 'Ana Ćirić')).toBe(true);
        expect(await office.claim(id, 'Ana Ćirić')).toBe(true);
        expect(await office.claim(id, 'Bo')).toBe(false);
        expect(await office.exception(id)).toMatchObject({ state: 'claimed', claimedBy: 'Ana Ćirić' });
        await office.release(id, 'Bo');
        expect(await office.claim(id, 'Bo')).toBe(false);
        await office.release(id, 'Ana Ćirić');
        expect(await office.claim(id, 'Bo')).toBe(true);
      });

      it('takes no answer from another person while one holds it', async () => {
        const { id } = await under.ask(question());
        await office.claim(id, 'Ana');
        const answer = { choice: 'answer', values: { number: 'A1', total: null } } as const;
        expect(await office.answer(id, { person: 'Bo', ...answer })).toEqual({ outcome: 'taken' });
        expect(await office.answer(id, { person: 'Ana', ...answer })).toEqual({ outcome: 'stored' });
        expect(await office.answer(id, { person: 'Ana', ...answer })).toEqual({ outcome: 'stored' });
        expect(await office.answer(id, { person: 'Bo', ...answer })).toEqual({ outcome: 'taken' });
        expect(await office.claim(id, 'Bo')).toBe(false);
      });

      it('stores the first answer and lets the task go on', async () => {
        const { id, task } = await under.ask(question());
        await office.answer(id, { person: 'Ana', choice: 'answer', values: { number: 'B2', total: '3.00' } });
        const answered = await office.exception(id);
        expect(answered).toMatchObject({ state: 'answered', answer: { choice: 'answer', by: 'Ana' } });
        expect(answered.answer?.values).toEqual({ number: 'B2', total: '3.00' });
        expect((await office.exceptions()).map((one) => one.id)).not.toContain(id);
        expect((await office.task(task)).task.state).not.toBe('waiting');
      });

      it('refuses values that do not fit the form, naming the field, and stores nothing', async () => {
        const { id } = await under.ask(question());
        const values = { number: '17', total: null };
        const refused = await office.answer(id, { person: 'Ana', choice: 'answer', values });
        expect(refused).toMatchObject({ outcome: 'refused', mayOverrule: false, problems: [{ fields: ['number'] }] });
        expect((await office.exception(id)).answer).toBeNull();
      });

      it('ends the task as rejected, or as done by hand', async () => {
        const one = await under.ask(question({ code: 'no-order' }));
        await office.answer(one.id, { person: 'Ana', choice: 'reject' });
        expect((await office.task(one.task)).task).toMatchObject({ state: 'rejected', reason: 'no-order' });
        const other = await under.ask(question());
        await office.answer(other.id, { person: 'Ana', choice: 'by-hand' });
        expect((await office.task(other.task)).task.state).toBe('done');
      });

      it('offers only the choices of the question', async () => {
        const { id } = await under.ask(question());
        const answer = office.answer(id, { person: 'Ana', choice: 'key-again' });
        await expect(answer).rejects.toMatchObject({ name: 'InvalidInput', where: 'choice' });
      });

      it('knows no question that is not there', async () => {
        await expect(office.exception('none')).rejects.toMatchObject({ code: 'unknown-question' });
        await expect(office.claim('none', 'Ana')).rejects.toMatchObject({ code: 'unknown-question' });
        await expect(office.answer('none', { person: 'Ana', choice: 'reject' })).rejects.toMatchObject({
          code: 'unknown-question',
        });
      });
    });

    describe('erasure', () => erasureConformance(() => under, question));

    describe('schedules', () => {
      const nightly = () => ({ name: 'nightly', bot: under.bot, cron: '30 2 * * *', timeZone: 'Europe/Vienna' });

      it('puts, shows the next five runs, changes, pauses, resumes and removes', async () => {
        const made = await office.putSchedule(nightly());
        expect(made).toMatchObject({
          ...nightly(),
          paused: false,
          calendar: null,
          last: null,
          times: [],
          trouble: null,
        });
        expect(made.next).toHaveLength(5);
        expect(made.next.map(({ startAt }) => Date.parse(startAt))).toSatisfy((runs: number[]) =>
          runs.every((at, i) => i === 0 || at > runs[i - 1]!),
        );
        await office.putSchedule({ ...nightly(), overlap: 'allow' });
        const named = async () => (await office.schedules()).find(({ name }) => name === 'nightly');
        await office.pauseSchedule('nightly', '2031-05-01T00:00:00Z');
        expect(await named()).toMatchObject({
          overlap: 'allow',
          paused: true,
          pausedUntil: '2031-05-01T00:00:00.000Z',
        });
        expect((await named())?.next[0]?.dueAt).toBe('2031-05-01T00:30:00.000Z');
        await office.pauseSchedule('nightly');
        expect(await named()).toMatchObject({ paused: true, pausedUntil: null, next: [] });
        await office.resumeSchedule('nightly');
        expect(await named()).toMatchObject({ paused: false });
        await office.removeSchedule('nightly');
        expect(await named()).toBeUndefined();
      });

      it('tells why a start is not when its cron expression says', async () => {
        await office.putCalendar({ name: 'office', file: '*-01-01 New Year' });
        const wanted = {
          ...nightly(),
          calendar: 'office',
          dayOff: 'next',
          window: { from: '07:00', to: '18:00' },
        } as const;
        expect(await office.putSchedule(wanted)).toMatchObject(wanted);
        const starts = await office.nextStarts('nightly', 1000);
        const newYear = starts.filter(({ shifts }) => shifts.some(({ note }) => note === 'New Year'));
        expect(newYear.length).toBeGreaterThan(0);
        for (const { saidAt, dueAt } of newYear) expect(Date.parse(dueAt)).toBeGreaterThan(Date.parse(saidAt));
        for (const { shifts, dueAt } of starts.slice(0, 3)) {
          expect(shifts.map(({ why }) => why)).toContain('window');
          expect(new Date(dueAt).toLocaleTimeString('sv-SE', { timeZone: 'Europe/Vienna' })).toBe('07:00:00');
        }
        await expect(office.nextStarts('none', 1)).rejects.toMatchObject({ code: 'unknown-schedule' });
        await office.removeSchedule('nightly');
        await office.removeCalendar('office');
      });

      it('starts one now, and not again while that is open', async () => {
        await office.putSchedule(nightly());
        const { id, bot } = await office.startSchedule('nightly');
        expect(bot).toBe(under.bot);
        const [started] = (await office.schedules()).filter(({ name }) => name === 'nightly');
        expect(started).toMatchObject({ last: { id, endedAt: null }, times: [{ task: id, count: 1 }] });
        await expect(office.startSchedule('nightly')).rejects.toMatchObject({ code: 'still-running' });
        await office.putSchedule({ ...nightly(), overlap: 'allow' });
        expect((await office.startSchedule('nightly')).id).not.toBe(id);
        await office.removeSchedule('nightly');
      });

      it('names the field that is wrong', async () => {
        await expect(office.putSchedule({ ...nightly(), cron: 'now and then' })).rejects.toMatchObject({
          where: 'cron',
        });
        await expect(office.putSchedule({ ...nightly(), timeZone: 'Mars/Base' })).rejects.toMatchObject({
          where: 'timeZone',
        });
        await expect(office.putSchedule({ ...nightly(), bot: 'nobody' })).rejects.toMatchObject({
          code: 'unknown-bot',
        });
      });

      it('knows no schedule that is not there', async () => {
        await expect(office.removeSchedule('none')).rejects.toMatchObject({ code: 'unknown-schedule' });
        await expect(office.pauseSchedule('none')).rejects.toMatchObject({ code: 'unknown-schedule' });
        await expect(office.resumeSchedule('none')).rejects.toMatchObject({ code: 'unknown-schedule' });
        await expect(office.startSchedule('none')).rejects.toMatchObject({ code: 'unknown-schedule' });
      });
    });

    describe('calendars', () => {
      it('are read from a file, changed by version, and stay while they are kept', async () => {
        const file = '# closed\n*-12-25 Christmas Day\n+2026-10-10 worked in lieu';
        const first = await office.putCalendar({ name: 'plant', workingDays: [6, 1, 2], file });
        expect(first).toMatchObject({
          version: 1,
          workingDays: [1, 2, 6],
          specialDays: [
            { day: '*-12-25', name: 'Christmas Day', works: false },
            { day: '2026-10-10', name: 'worked in lieu', works: true },
          ],
        });
        const second = await office.putCalendar({ name: 'plant', workingDays: [1, 2, 3] });
        expect(second).toMatchObject({ version: 2, workingDays: [1, 2, 3], specialDays: first.specialDays });
        expect((await office.calendar('plant')).map(({ version }) => version)).toEqual([2, 1]);
        expect(await office.calendars()).toContainEqual(second);

        await office.putSchedule({
          name: 'plan',
          bot: under.bot,
          cron: '0 7 * * *',
          timeZone: 'UTC',
          calendar: 'plant',
        });
        await expect(office.removeCalendar('plant')).rejects.toMatchObject({ code: 'calendar-in-use' });
        await office.removeSchedule('plan');
        await office.removeCalendar('plant');
        await expect(office.calendar('plant')).rejects.toMatchObject({ code: 'unknown-calendar' });
        await expect(office.removeCalendar('plant')).rejects.toMatchObject({ code: 'unknown-calendar' });
      });

      it('name what is wrong with them', async () => {
        const put = (rest: object) => office.putCalendar({ name: 'plant', ...rest });
        await expect(put({ file: 'some day' })).rejects.toMatchObject({ code: 'bad-calendar-file', where: 'file' });
        await expect(put({ workingDays: [] })).rejects.toMatchObject({ code: 'bad-working-days' });
        const specialDays = [{ day: '2026-02-30', name: '', works: false }];
        await expect(put({ specialDays })).rejects.toMatchObject({ code: 'bad-special-day' });
        const schedule = { name: 'plan', bot: under.bot, cron: '0 7 * * *', timeZone: 'UTC', calendar: 'none' };
        await expect(office.putSchedule(schedule)).rejects.toMatchObject({ code: 'unknown-calendar' });
      });
    });

    it('lets a stopped bot take tasks again', async () => {
      await under.halt();
      const haltedOf = async () => (await office.overview()).bots.find(({ name }) => name === under.bot)?.halted;
      expect(await haltedOf()).toMatchObject({ bot: under.bot });
      await office.resumeBot(under.bot);
      expect(await haltedOf()).toBeNull();
      await expect(office.resumeBot('nobody')).rejects.toMatchObject({ code: 'unknown-bot' });
    });

    it('shows no application before a bot used one, and lets no account go that is not held', async () => {
      expect([await office.applications(), await office.applicationEvents(10)]).toEqual([[], []]);
      await expect(office.releaseAccount('a', undefined, 'ann')).rejects.toMatchObject({ code: 'not-held' });
    });

    it('knows no layout and no lesson that is not there', async () => {
      expect(await office.layouts()).toEqual([]);
      const unknown = { code: 'unknown-layout' };
      await expect(office.lessons('none')).rejects.toMatchObject(unknown);
      await expect(office.revertLesson('none', 'total')).rejects.toMatchObject(unknown);
    });

    it('tells what happened, in order, from any moment on', async () => {
      const { task } = await office.submit(await order());
      const all = await office.events(0, 1_000);
      expect(all.map(({ seq }) => seq)).toEqual([...all].map(({ seq }) => seq).sort((a, b) => a - b));
      expect(all.filter((event) => event.task === task).map(({ kind }) => kind)).toContain('submitted');
      expect(await office.events(all[1]!.seq, 2)).toEqual(all.slice(2, 4));
      expect(await office.events(all.at(-1)!.seq, 10)).toEqual([]);
    });

    it('has no blob that nobody stored', async () => {
      await expect(office.blob('0'.repeat(64))).rejects.toMatchObject({ code: 'blob-missing' });
    });
  });
}
