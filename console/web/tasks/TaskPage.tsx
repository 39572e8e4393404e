import { useState } from 'react';
import type { StoryNow } from '#core';
import { useTask } from '../api/queries.ts';
import { marksOf } from '../paper/marks.ts';
import { PaperView } from '../paper/PaperView.tsx';
import { Card } from '../shared/Card.tsx';
import { Loaded } from '../shared/Loaded.tsx';
import { Page } from '../shared/Page.tsx';
import { Pictures } from '../shared/Pictures.tsx';
import { StateBadge } from '../shared/StateBadge.tsx';
import { inWords } from '../words/tasks.ts';
import { atMoment, span } from '../words/time.ts';
import { Effects } from './Effects.tsx';
import { Events } from './Events.tsx';
import { KeepingNote } from './KeepingNote.tsx';
import { Questions } from './Questions.tsx';
import { ReadFields } from './ReadFields.tsx';
import { RefusedNote } from './RefusedNote.tsx';
import { draftOf } from './readings.ts';
import { StandingNote } from './StandingNote.tsx';
import { Steps } from './Steps.tsx';
import { nameOf } from './TaskTable.tsx';
import classes from './tasks.module.css';

/** One task's whole story: the paper, what was read, what was done, what people said, what the application showed. */
export function TaskPage({ id }: { readonly id: string }) {
  return <Loaded query={useTask(id)}>{(story) => <Story story={story} />}</Loaded>;
}

function Story({ story }: { readonly story: StoryNow }) {
  const { task } = story;
  const draft = draftOf(story);
  const [focused, setFocused] = useState<string | null>(null);
  const marks = marksOf(
    Object.entries(draft).map(([name, reading]) => ({
      name,
      title: inWords(name),
      doubtful: reading.value !== null && reading.probability < 0.9,
    })),
    draft,
  );
  const paper = task.input.document;
  return (
    <Page
      title={story.erased === null ? nameOf(task) : 'Erased'}
      aside={<StateBadge state={task.state} />}
      lead={<Times story={story} />}
    >
      {story.standing !== null && <StandingNote standing={story.standing} />}
      <RefusedNote task={task} />
      <KeepingNote keeping={story} />
      <div className={classes['story']} data-paper={paper !== undefined}>
        {paper !== undefined && (
          <div className={classes['paper']}>
            <PaperView paper={paper} marks={marks} focused={focused} onPick={setFocused} />
          </div>
        )}
        <div className={classes['chapters']}>
          {Object.keys(draft).length > 0 && <ReadFields draft={draft} focused={focused} onPick={setFocused} />}
          <Effects effects={story.effects} />
          <Questions questions={story.questions} />
          <Steps steps={story.steps} />
          {story.evidence.length > 0 && (
            <Card title="Evidence">
              <Pictures pictures={story.evidence} />
            </Card>
          )}
          <Events events={story.events} />
        </div>
      </div>
    </Page>
  );
}

function Times({ story: { task } }: { readonly story: StoryNow }) {
  const promised = `promised for ${atMoment(task.dueAt)}`;
  const ended =
    task.endedAt === null ? promised : `took ${span(Date.parse(task.endedAt) - Date.parse(task.receivedAt))}`;
  return (
    <>
      {task.bot}
      {task.botVersion !== null && ` ${task.botVersion}`} · arrived {atMoment(task.receivedAt)} · {ended}
      {task.endedAt !== null && task.reason !== null && ` · ${inWords(task.reason).toLowerCase()}`}
      {task.endedAt === null &&
        task.attempt > 0 &&
        ` · ${task.attempt === 1 ? 'one try' : `${task.attempt} tries`} spent`}
    </>
  );
}
