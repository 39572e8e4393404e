import { Alert, Button, Group, JsonInput, NativeSelect, Radio, Select, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { MissedPolicy, OverlapPolicy, ScheduleWithRuns } from '#core';
import { ApiFault, call } from '../api/client.ts';
import { MISSED_WORDS, OVERLAP_WORDS } from './policies.ts';

interface ScheduleFormProps {
  /** Null for a new one. */
  readonly schedule: ScheduleWithRuns | null;
  readonly bots: readonly string[];
  readonly onDone: () => void;
}

/** Which of the form's fields an error names. */
const FIELDS = ['name', 'bot', 'cron', 'timeZone', 'input'] as const;

export function ScheduleForm({ schedule, bots, onDone }: ScheduleFormProps) {
  const [entered, setEntered] = useState(() => startOf(schedule, bots));
  const set = (change: Partial<Entered>) => setEntered((now) => ({ ...now, ...change }));
  const save = useSave(entered, onDone);
  const errorAt = (field: (typeof FIELDS)[number]) =>
    save.error !== null && whereOf(save.error) === field ? save.error.message : undefined;
  const send = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <form onSubmit={send} noValidate>
      <Stack>
        {save.error !== null && whereOf(save.error) === undefined && (
          <Alert color="red" variant="default" role="alert">
            {save.error.message}
          </Alert>
        )}
        <TextInput
          label="Name"
          description="Small letters, digits and hyphens."
          value={entered.name}
          onChange={(event) => set({ name: event.currentTarget.value })}
          error={errorAt('name')}
          disabled={schedule !== null}
          required
          data-autofocus={schedule === null || undefined}
        />
        <NativeSelect
          label="Bot"
          data={[...bots]}
          value={entered.bot}
          onChange={(event) => set({ bot: event.currentTarget.value })}
          error={errorAt('bot')}
        />
        <TextInput
          label="When"
          description="Five or six cron fields: minute, hour, day, month, weekday. 0 6 * * 1-5 is six o'clock on workdays."
          value={entered.cron}
          onChange={(event) => set({ cron: event.currentTarget.value })}
          error={errorAt('cron')}
          required
        />
        <Select
          label="Time zone"
          data={zones(entered.timeZone)}
          value={entered.timeZone}
          onChange={(timeZone) => set({ timeZone: timeZone ?? '' })}
          error={errorAt('timeZone')}
          searchable
          required
        />
        <Policy
          label="Times missed"
          words={MISSED_WORDS}
          value={entered.missed}
          onChange={(missed) => set({ missed })}
        />
        <Policy
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
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            Cancel
          </Button>
          <Button type="submit" loading={save.isPending}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface PolicyProps<P extends string> {
  readonly label: string;
  readonly words: Readonly<Record<P, { readonly label: string; readonly sentence: string }>>;
  readonly value: P;
  readonly onChange: (value: P) => void;
}

function Policy<P extends string>({ label, words, value, onChange }: PolicyProps<P>) {
  return (
    <Radio.Group label={label} value={value} onChange={(chosen) => onChange(chosen as P)}>
      <Stack gap={6} mt={6}>
        {(Object.keys(words) as P[]).map((policy) => (
          <Radio key={policy} value={policy} label={words[policy].label} description={words[policy].sentence} />
        ))}
      </Stack>
    </Radio.Group>
  );
}

interface Entered {
  readonly name: string;
  readonly bot: string;
  readonly cron: string;
  readonly timeZone: string;
  readonly missed: MissedPolicy;
  readonly overlap: OverlapPolicy;
  readonly input: string;
}

function startOf(schedule: ScheduleWithRuns | null, bots: readonly string[]): Entered {
  if (schedule !== null) return { ...schedule, input: JSON.stringify(schedule.input, null, 2) };
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return { name: '', bot: bots[0] ?? '', cron: '0 6 * * 1-5', timeZone, missed: 'once', overlap: 'skip', input: '{}' };
}

function useSave({ name, input, ...fields }: Entered, onDone: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async () => {
      if (name === '') throw new ApiFault(400, { error: { where: 'name', message: 'Give it a name.' } });
      const json = { ...pick(fields), input: parsedInput(input) };
      return call(`/api/schedules/${encodeURIComponent(name)}`, { method: 'PUT', json });
    },
    onSuccess: onDone,
    onSettled: () => client.invalidateQueries({ queryKey: ['schedules'] }),
  });
}

function pick({ bot, cron, timeZone, missed, overlap }: Omit<Entered, 'name' | 'input'>) {
  return { bot, cron, timeZone, missed, overlap };
}

function parsedInput(text: string): object {
  try {
    return Object(JSON.parse(text === '' ? '{}' : text));
  } catch {
    throw new ApiFault(400, { error: { where: 'input', message: 'This is no JSON.' } });
  }
}

function whereOf(error: Error): string | undefined {
  const where = error instanceof ApiFault ? error.where?.split('.')[0] : undefined;
  return FIELDS.find((field) => field === where);
}

function zones(current: string): string[] {
  return [...new Set([current, 'UTC', ...Intl.supportedValuesOf('timeZone')])].filter((zone) => zone !== '');
}
