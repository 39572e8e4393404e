import { Anchor, Text } from '@mantine/core';
import { Link } from 'wouter';
import type { HumanTask } from '#core';
import { Card } from '../shared/Card.tsx';
import { CHOICE_WORDS } from '../words/choices.ts';
import { whyAsked } from '../words/questions.ts';
import { atMoment } from '../words/time.ts';
import classes from './tasks.module.css';

export function Questions({ questions }: { readonly questions: readonly HumanTask[] }) {
  if (questions.length === 0) return null;
  return (
    <Card title="Questions to people">
      <ol className={classes['questions']}>
        {questions.map((question) => (
          <li key={question.id}>
            <Anchor component={Link} href={`/exceptions/${question.id}`} fw={600} c="inherit">
              {question.title}
            </Anchor>
            <Text size="sm">{whyAsked(question)}</Text>
            <Text size="sm" c="dimmed">
              Asked {atMoment(question.askedAt)}.{' '}
              {question.answer === null
                ? 'Not answered yet.'
                : `${question.answer.by}, ${atMoment(question.answer.at)}: “${CHOICE_WORDS[question.answer.choice].label}”.`}
            </Text>
          </li>
        ))}
      </ol>
    </Card>
  );
}
