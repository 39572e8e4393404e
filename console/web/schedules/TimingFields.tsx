import { NativeSelect, NumberInput, Select, TextInput } from '@mantine/core';
import type { Entered, Field } from './entered.ts';
import { PolicyChoice } from './PolicyChoice.tsx';
import { DAY_OFF_WORDS, OUTSIDE_WORDS, workdayInWords } from './policies.ts';
import classes from './schedules.module.css';

interface TimingFieldsProps {
  readonly entered: Entered;
  readonly set: (change: Partial<Entered>) => void;
  readonly errorAt: (field: Field) => string | undefined;
  readonly calendars: readonly string[];
}

/** The working days of a month that are asked for; others go by command line and stay. */
const WORKDAYS = [1, 2, 3, 4, 5, 10, -1, -2, -3];

/** When it starts: cron, zone, calendar, window. */
export function TimingFields({ entered, set, errorAt, calendars }: TimingFieldsProps) {
  const { cron, timeZone, calendar, workday, opens, closes, jitter } = entered;
  return (
    <>
      <TextInput
        label="When"
        description="Five or six cron fields: minute, hour, day, month, weekday. 0 6 * * 1-5 is six o'clock on weekdays."
        value={cron}
        onChange={(event) => set({ cron: event.currentTarget.value })}
        error={errorAt('cron')}
        required
      />
      <Select
        label="Time zone"
        data={zones(timeZone)}
        value={timeZone}
        onChange={(zone) => set({ timeZone: zone ?? '' })}
        error={errorAt('timeZone')}
        searchable
        required
      />
      <NativeSelect
        label="Calendar"
        description="Which days are working days."
        data={[{ value: '', label: 'None: every day counts' }, ...calendars]}
        value={calendar}
        onChange={({ currentTarget: { value } }) => set({ calendar: value, ...(value === '' && { workday: '' }) })}
        error={errorAt('calendar')}
      />
      {calendar !== '' && (
        <>
          <NativeSelect
            label="Working day of the month"
            data={[{ value: '', label: 'Any' }, ...workdays(workday)]}
            value={workday}
            onChange={(event) => set({ workday: event.currentTarget.value })}
            error={errorAt('workday')}
          />
          {workday === '' && (
            <PolicyChoice
              label="Days off"
              words={DAY_OFF_WORDS}
              value={entered.dayOff}
              onChange={(dayOff) => set({ dayOff })}
            />
          )}
        </>
      )}
      <div className={classes['pair']}>
        <TextInput
          type="time"
          label="Not before"
          value={opens}
          onChange={(event) => set({ opens: event.currentTarget.value })}
          error={errorAt('window')}
        />
        <TextInput
          type="time"
          label="Not after"
          value={closes}
          onChange={(event) => set({ closes: event.currentTarget.value })}
        />
        <NumberInput
          label="Spread over (seconds)"
          value={jitter}
          onChange={(value) => set({ jitter: String(value) })}
          error={errorAt('jitterSeconds')}
          min={0}
          max={3600}
          hideControls
        />
      </div>
      {(opens !== '' || closes !== '') && (
        <PolicyChoice
          label="Outside these times"
          words={OUTSIDE_WORDS}
          value={entered.outside}
          onChange={(outside) => set({ outside })}
        />
      )}
    </>
  );
}

function workdays(current: string) {
  const offered = current === '' || WORKDAYS.includes(Number(current)) ? WORKDAYS : [...WORKDAYS, Number(current)];
  return offered.map((workday) => ({ value: String(workday), label: workdayInWords(workday) }));
}

function zones(current: string): string[] {
  return [...new Set([current, 'UTC', ...Intl.supportedValuesOf('timeZone')])].filter((zone) => zone !== '');
}
