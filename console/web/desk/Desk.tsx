import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import type { Choice, HumanTask } from '#core';
import { marksOf } from '../paper/marks.ts';
import { CHOICE_WORDS, SENDS_VALUES } from '../words/choices.ts';
import { ActionBar } from './ActionBar.tsx';
import { useAnswer } from './answer.ts';
import { ConfirmModal } from './ConfirmModal.tsx';
import { useHold } from './claim.ts';
import { DeskPaper } from './DeskPaper.tsx';
import { DeskSide } from './DeskSide.tsx';
import classes from './desk.module.css';
import { focusEntry } from './focus.ts';
import { doubtfulFields } from './form/doubt.ts';
import { answerValues } from './form/values.ts';
import { HoldBanner } from './HoldBanner.tsx';
import { useDeskKeys } from './keys.ts';
import { useNext } from './next.ts';
import { useFormState } from './useFormState.ts';

interface DeskProps {
  readonly question: HumanTask;
  readonly person: string;
}

/** One question on the desk: the paper on the left, what was read and what may be done on the right. */
export function Desk({ question, person }: DeskProps) {
  const [, go] = useLocation();
  const { next, left } = useNext(question, person);
  const { hold, tryAgain } = useHold(question.id, person);
  const form = useFormState(question);
  const doubtful = useMemo(() => doubtfulFields(form.fields, question), [form.fields, question]);
  const [focused, setFocused] = useState<string | null>(null);
  const [asked, setAsked] = useState<Choice | null>(null);
  const desk = useRef<HTMLDivElement>(null);
  const readOnly = hold !== 'mine' || question.state === 'answered';

  const answer = useAnswer(question.id, person, () => {
    form.forget();
    go(next === undefined ? '/exceptions' : `/exceptions/${next}`, { replace: true });
  });
  const fault = answer.error instanceof Error ? answer.error : null;
  const { mayOverrule } = form.refusalOf(fault);

  const send = useCallback(
    (choice: Choice, sure = false) => {
      if (readOnly || answer.isPending) return;
      if (CHOICE_WORDS[choice].sure !== undefined && !sure) return setAsked(choice);
      setAsked(null);
      if (!SENDS_VALUES.has(choice) || question.form === null) return answer.mutate({ choice });
      const empty = form.findMissing();
      if (empty[0] !== undefined) return focusEntry(desk.current, empty[0]);
      form.tidy();
      const values = answerValues(form.fields, form.values);
      answer.mutate({ choice, values, ...(mayOverrule && { overrule: true }) });
    },
    [answer, form, mayOverrule, question.form, readOnly],
  );

  const primary = question.form === null ? undefined : question.choices.find((choice) => SENDS_VALUES.has(choice));
  const leave = useCallback(() => go('/exceptions'), [go]);
  useDeskKeys({ onSend: primary && (() => send(primary)), onLeave: leave });

  const change = (field: string, value: unknown) => {
    form.change(field, value);
    if (answer.isError) answer.reset();
  };
  useEffect(() => {
    if (hold === 'mine') focusEntry(desk.current);
  }, [hold]);
  const problems = form.problemsWith(fault);
  const firstWrong = problems[0]?.fields[0];
  useEffect(() => {
    if (fault !== null && firstWrong !== undefined) focusEntry(desk.current, firstWrong);
  }, [fault, firstWrong]);

  const marks = useMemo(
    () =>
      marksOf(
        form.fields.map(({ name, title }) => ({ name, title, doubtful: doubtful.has(name) })),
        question.draft,
      ),
    [form.fields, doubtful, question.draft],
  );

  return (
    <div ref={desk} className={classes['desk']} data-papers={question.papers.length > 0}>
      {question.papers.length > 0 && (
        <DeskPaper
          papers={question.papers}
          marks={marks}
          focused={focused}
          onPick={(field) => focusEntry(desk.current, field)}
        />
      )}
      <div className={classes['side']}>
        <HoldBanner hold={hold} question={question} onTryAgain={tryAgain} />
        <DeskSide
          question={question}
          form={form}
          doubtful={doubtful}
          problems={problems}
          fault={fault}
          readOnly={readOnly}
          onChange={change}
          onFocus={setFocused}
        />
        <ActionBar
          choices={question.choices}
          primary={primary}
          overrule={mayOverrule}
          busy={answer.isPending}
          readOnly={readOnly}
          left={left}
          onChoose={send}
          onLeave={leave}
        />
      </div>
      <ConfirmModal choice={asked} onSure={(choice) => send(choice, true)} onCancel={() => setAsked(null)} />
    </div>
  );
}
