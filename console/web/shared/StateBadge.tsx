import type { ReactNode } from 'react';
import type { TaskState } from '#core';
import { STATE_WORDS, type Tone } from '../words/tasks.ts';
import classes from './shared.module.css';

/** A word with a coloured ground; the word says it, the colour helps. */
export function Tag({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }) {
  return (
    <span className={classes['tag']} data-tone={tone}>
      {children}
    </span>
  );
}

export function StateBadge({ state }: { readonly state: TaskState }) {
  const { word, tone } = STATE_WORDS[state];
  return <Tag tone={tone}>{word}</Tag>;
}
