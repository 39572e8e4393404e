import { expect, it } from 'vitest';
import type { Question } from '#core';
import type { OfficeUnderTest } from './office.ts';

/** What an office that erases and holds must do; `question` is one that a person may reject. */
export function erasureConformance(
  under: () => OfficeUnderTest,
  question: (over: Partial<Question>) => Question,
): void {
  const office = () => under().office;
  const found = async (text: string) => (await office().tasksAbout(text)).map(({ task }) => task);
  let made = 0;

  /** A task whose question names a subject of its own, rejected. */
  async function rejected(): Promise<{ task: string; subject: string; question: string }> {
    const subject = `Anna Quill-${Date.now()}-${++made}`;
    const asked = await under().ask(question({ title: `Is this ${subject}?` }));
    await office().answer(asked.id, { person: 'Ana', choice: 'reject' });
    return { task: asked.task, subject, question: asked.id };
  }

  it('finds who is meant, erases it, and says so', async () => {
    const { task, subject, question: asked } = await rejected();
    const { counts } = await office().overview();
    expect(await office().tasksAbout(subject.toUpperCase().replaceAll('-', ' '))).toMatchObject([
      { task, bot: under().bot, state: 'rejected', legalHold: null, found: ['questions'] },
    ]);
    expect(await office().eraseTasks([task], 'Zoë')).toEqual([{ task, outcome: 'erased' }]);
    expect(await found(subject)).toEqual([]);
    const story = await office().task(task);
    expect(story).toMatchObject({ erased: { by: 'Zoë' }, legalHold: null, task: { state: 'rejected', input: {} } });
    expect(story.events.at(-1)).toMatchObject({ kind: 'erased', facts: { by: 'Zoë' } });
    expect(await office().exception(asked)).toMatchObject({ title: 'Erased', answer: { by: 'Ana', choice: 'reject' } });
    expect((await office().overview()).counts).toEqual(counts);
    expect(await office().eraseTasks([task], 'Bo')).toEqual([{ task, outcome: 'erased' }]);
    expect((await office().task(task)).erased?.by).toBe('Zoë');
  });

  it('erases the paper with the task, unless another task is of the same one', async () => {
    const junk = await under().junk();
    const order = { bot: under().bot, paper: junk };
    const one = await office().submit({ ...order, key: `one ${junk.bytes.length} ${Date.now()}` });
    const other = await office().submit({ ...order, key: `other ${junk.bytes.length} ${Date.now()}` });
    const { document } = (await office().task(one.task)).task.input;
    await office().eraseTasks([one.task], 'Zoë');
    expect(Buffer.compare(await office().blob(document!.sha256), junk.bytes)).toBe(0);
    await office().eraseTasks([other.task], 'Zoë');
    await expect(office().blob(document!.sha256)).rejects.toMatchObject({ code: 'blob-missing' });
    const again = await office().submit(order);
    expect(again).toMatchObject({ created: true });
    expect(Buffer.compare(await office().blob(document!.sha256), junk.bytes)).toBe(0);
  });

  it('leaves what is held, says why, and erases it when it is let go', async () => {
    const { task, subject } = await rejected();
    await office().holdTask(task, ' a law suit ', 'Zoë');
    expect(await office().eraseTasks([task], 'Ana')).toEqual([{ task, outcome: 'held' }]);
    expect(await office().tasksAbout(subject)).toMatchObject([{ task, legalHold: { why: 'a law suit', by: 'Zoë' } }]);
    expect(await office().task(task)).toMatchObject({ legalHold: { why: 'a law suit', by: 'Zoë' }, erased: null });
    await office().releaseTask(task, 'Zoë');
    await expect(office().releaseTask(task, 'Zoë')).rejects.toMatchObject({ code: 'task-not-held' });
    expect(await office().eraseTasks([task], 'Ana')).toEqual([{ task, outcome: 'erased' }]);
    await expect(office().holdTask(task, 'too late', 'Zoë')).rejects.toMatchObject({ code: 'already-erased' });
  });

  it('leaves what is open, and knows no task that is not there', async () => {
    const asked = await under().ask(question({}));
    expect(await office().eraseTasks([asked.task, 'nowhere'], 'Ana')).toEqual([
      { task: asked.task, outcome: 'open' },
      { task: 'nowhere', outcome: 'unknown' },
    ]);
    await expect(office().holdTask('nowhere', 'why', 'Ana')).rejects.toMatchObject({ code: 'unknown-task' });
    await expect(office().holdTask(asked.task, '  ', 'Ana')).rejects.toMatchObject({ code: 'hold-without-reason' });
    await expect(office().tasksAbout(' a-b ')).rejects.toMatchObject({ code: 'text-too-short', where: 'text' });
  });
}
