import type { Reading } from '#core';
import { DoubtIcon } from '../../shared/icons.tsx';
import { percent } from '../../words/numbers.ts';
import { trust } from './doubt.ts';
import type { Field } from './fields.ts';
import classes from './form.module.css';

/** Above this, how sure the bot is goes without saying. */
const WORTH_SAYING = 0.99;

interface EntryLabelProps {
  readonly field: Field;
  readonly reading: Reading<unknown> | undefined;
  readonly doubtful: boolean;
  /** The person has put something else there. */
  readonly changed: boolean;
}

/** The field's name, and how sure the bot is of it: said in words and by a sign, not by colour alone. */
export function EntryLabel({ field, reading, doubtful, changed }: EntryLabelProps) {
  const sure = changed ? undefined : sureness(reading);
  return (
    <span className={classes['label']}>
      {field.title}
      {changed && <span className={classes['yours']}>yours</span>}
      {sure !== undefined && (doubtful || sure.trust < WORTH_SAYING) && (
        <span className={classes['trust']} data-doubtful={doubtful}>
          {doubtful && <DoubtIcon size={14} />}
          {sure.words}
        </span>
      )}
    </span>
  );
}

function sureness(
  reading: Reading<unknown> | undefined,
): { readonly words: string; readonly trust: number } | undefined {
  const known = trust(reading);
  if (known === undefined || reading === undefined) return undefined;
  return { words: reading.value === null ? 'nothing read' : `${percent(known)} sure`, trust: known };
}
