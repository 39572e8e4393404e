import { Alert, Anchor, Title } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { Link } from 'wouter';
import type { HumanTask, Problem } from '#core';
import { ApiFault } from '../api/client.ts';
import { ComparedTable } from '../shared/ComparedTable.tsx';
import { Due } from '../shared/Due.tsx';
import { Pictures } from '../shared/Pictures.tsx';
import { Tag } from '../shared/StateBadge.tsx';
import { KIND_WORDS } from '../words/questions.ts';
import classes from './desk.module.css';
import { QuestionForm } from './form/QuestionForm.tsx';
import { KnownFacts } from './KnownFacts.tsx';
import type { FormState } from './useFormState.ts';
import { WhatFollows } from './WhatFollows.tsx';

interface DeskSideProps {
  readonly question: HumanTask;
  readonly form: FormState;
  readonly doubtful: ReadonlySet<string>;
  readonly problems: readonly Problem[];
  readonly fault: Error | null;
  readonly readOnly: boolean;
  readonly onChange: (field: string, value: unknown) => void;
  readonly onFocus: (field: string) => void;
}

/** What is asked, why, and where the answer is given. */
export function DeskSide({ question, form, doubtful, problems, fault, readOnly, onChange, onFocus }: DeskSideProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${question.title} · Rekey`;
    heading.current?.focus({ preventScroll: true });
  }, [question.title]);
  return (
    <div className={classes['work']}>
      <div className={classes['meta']}>
        <Tag tone="quiet">{KIND_WORDS[question.kind]}</Tag>
        <Due at={question.dueAt} />
        <Anchor component={Link} href={`/tasks/${question.task}`} size="sm">
          {question.bot}, the whole story
        </Anchor>
      </div>
      <Title order={1} ref={heading} tabIndex={-1} className={classes['title'] ?? ''}>
        {question.title}
      </Title>
      <General problems={question.problems.filter(({ fields }) => fields.length === 0)} tone="doubt" />
      <Failure fault={fault} problems={problems.filter(({ fields }) => fields.length === 0)} />
      {question.compared.length > 0 && <ComparedTable compared={question.compared} />}
      <KnownFacts draft={question.draft} fields={form.fields} />
      {form.fields.length > 0 && (
        <fieldset disabled={readOnly} className={classes['form']} aria-label="Answer">
          <QuestionForm
            question={question}
            fields={form.fields}
            doubtful={doubtful}
            values={form.values}
            start={form.start}
            problems={problems}
            onChange={onChange}
            onFocus={onFocus}
          />
        </fieldset>
      )}
      {question.evidence.length > 0 && (
        <section>
          <Title order={2} mb="xs">
            What the bot saw
          </Title>
          <Pictures pictures={question.evidence} />
        </section>
      )}
      {question.state !== 'answered' && <WhatFollows choices={question.choices} />}
    </div>
  );
}

function General({ problems, tone }: { readonly problems: readonly Problem[]; readonly tone: 'doubt' | 'bad' }) {
  if (problems.length === 0) return null;
  return (
    <Alert
      variant="default"
      className={classes['alert'] ?? ''}
      data-tone={tone}
      role={tone === 'bad' ? 'alert' : 'note'}
    >
      {problems.map(({ code, message }) => (
        <p key={code + message}>{message}</p>
      ))}
    </Alert>
  );
}

/** Why an answer was not stored. What concerns a field stands at the field. */
function Failure({ fault, problems }: { readonly fault: Error | null; readonly problems: readonly Problem[] }) {
  if (fault === null) return null;
  const { mayOverrule, code } = fault instanceof ApiFault ? fault : { mayOverrule: false, code: '' };
  const said = code === 'answer-refused' ? refusedWords(mayOverrule) : fault.message;
  return (
    <>
      <Alert variant="default" className={classes['alert'] ?? ''} data-tone="bad" role="alert">
        {said}
      </Alert>
      <General problems={problems} tone="bad" />
    </>
  );
}

function refusedWords(mayOverrule: boolean): string {
  return mayOverrule
    ? 'Not stored yet: a rule speaks against it. Correct it, or send it anyway when the paper says so.'
    : 'Not stored yet: the fields marked below do not fit.';
}
