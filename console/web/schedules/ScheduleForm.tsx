import { JsonInput, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import type { ScheduleWithRuns } from '#core';
import { type Entered, enteredOf, type Field, useSave, whereOf } from './entered.ts';
import { NamedForm } from './NamedForm.tsx';
import { PolicyChoice } from './PolicyChoice.tsx';
import { MISSED_WORDS, OVERLAP_WORDS } from './policies.ts';
import { TimingFields } from './TimingFields.tsx';

interface ScheduleFormProps {
  /** Null for a new one. */
  readonly schedule: ScheduleWithRuns | null;
  readonly bots: readonly string[];
  readonly calendars: readonly string[];
  readonly onDone: () => void;
}

export function ScheduleForm({ schedule, bots, calendars, onDone }: ScheduleFormProps) {
  const [entered, setEntered] = useState(() => enteredOf(schedule, bots));
  const set = (change: Partial<Entered>) => setEntered((now) => ({ ...now, ...change }));
  const save = useSave(entered, onDone);
  const errorAt = (field: Field) =>
    save.error !== null && whereOf(save.error) === field ? save.error.message : undefined;
  const isElsewhere = save.error !== null && whereOf(save.error) === undefined;
  return (
    <NamedForm
      name={entered.name}
      onName={(name) => set({ name })}
      isNamed={schedule !== null}
      nameError={errorAt('name')}
      error={isElsewhere ? save.error?.message : undefined}
      isSaving={save.isPending}
      onSave={save.mutate}
      onCancel={onDone}
    >
      <NativeSelect
        label="Bot"
        data={[...bots]}
        value={entered.bot}
        onChange={(event) => set({ bot: event.currentTarget.value })}
        error={errorAt('bot')}
      />
      <TimingFields entered={entered} set={set} errorAt={errorAt} calendars={calendars} />
      <PolicyChoice
        label="Times missed"
        words={MISSED_WORDS}
        value={entered.missed}
        onChange={(missed) => set({ missed })}
      />
      <PolicyChoice
        label="While its last task is open"
        words={OVERLAP_WORDS}
        value={entered.overlap}
        onChange={(overlap) => set({ overlap })}
      />
      <JsonInput
        label="Input"
        description="What the bot is given, as JSON."
        value={entered.input}
        onChange={(input) => set({ input })}
        error={errorAt('input')}
        autosize
        minRows={2}
        formatOnBlur
      />
    </NamedForm>
  );
}
