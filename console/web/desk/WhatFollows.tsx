import { Title } from '@mantine/core';
import type { Choice } from '#core';
import { CHOICE_WORDS } from '../words/choices.ts';
import classes from './desk.module.css';

/** Where the words of a choice stand, for the button that makes it. */
export const followsId = (choice: Choice) => `follows-${choice}`;

/** What each answer leads to, in sight: a hint under the pointer is none for a finger or the keyboard. */
export function WhatFollows({ choices }: { readonly choices: readonly Choice[] }) {
  return (
    <section>
      <Title order={2} mb="xs">
        What happens then
      </Title>
      <dl className={classes['follows']}>
        {choices.map((choice) => (
          <div key={choice}>
            <dt>{CHOICE_WORDS[choice].label}</dt>
            <dd id={followsId(choice)}>{CHOICE_WORDS[choice].next}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
