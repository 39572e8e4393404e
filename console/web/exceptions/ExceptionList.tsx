import { Link } from 'wouter';
import type { HumanTask } from '#core';
import { isFree } from '../desk/next.ts';
import { Due } from '../shared/Due.tsx';
import { CheckIcon, LockIcon } from '../shared/icons.tsx';
import { Tag } from '../shared/StateBadge.tsx';
import { KIND_WORDS, whyAsked } from '../words/questions.ts';
import classes from './exceptions.module.css';

interface ExceptionListProps {
  readonly questions: readonly HumanTask[];
  readonly person: string;
}

export function ExceptionList({ questions, person }: ExceptionListProps) {
  if (questions.length === 0) {
    return (
      <div className={classes['none']}>
        <CheckIcon size={40} />
        <p>All answered. New questions appear here by themselves.</p>
      </div>
    );
  }
  return (
    <ol className={classes['list']}>
      {questions.map((question) => (
        <li key={question.id}>
          <Row question={question} person={person} />
        </li>
      ))}
    </ol>
  );
}

function Row({ question, person }: { readonly question: HumanTask; readonly person: string }) {
  const held = !isFree(question, person);
  return (
    <Link href={`/exceptions/${question.id}`} className={classes['row'] ?? ''}>
      <span className={classes['due']}>
        <Due at={question.dueAt} />
      </span>
      <span className={classes['what']}>
        <strong>{question.title}</strong>
        <span className={classes['paper']}>{question.papers[0]?.name ?? question.bot}</span>
        <span className={classes['why']}>{whyAsked(question)}</span>
      </span>
      <span className={classes['tags']}>
        {held && (
          <Tag tone="quiet">
            <LockIcon size={13} />
            {question.claimedBy}
          </Tag>
        )}
        <Tag tone={question.kind === 'technical' || question.kind === 'in-doubt' ? 'bad' : 'doubt'}>
          {KIND_WORDS[question.kind]}
        </Tag>
      </span>
    </Link>
  );
}
