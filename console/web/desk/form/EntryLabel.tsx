import { DoubtIcon } from '../../shared/icons.tsx';
import { percent } from '../../words/numbers.ts';
import type { Field } from './fields.ts';
import classes from './form.module.css';

/** Above this, how sure the bot is goes without saying. */
const WORTH_SAYING = 0.99;

interface EntryLabelProps {
  readonly field: Field;
  readonly trust: number | undefined;
  readonly doubtful: boolean;
  readonly changed: boolean;
}

/** The field's name, and how sure the bot is of it: said in words and by a sign, not by colour alone. */
export function EntryLabel({ field, trust, doubtful, changed }: EntryLabelProps) {
  return (
    <span className={classes['label']}>
      {field.title}
      {changed && <span className={classes['yours']}>yours</span>}
      {trust !== undefined && (doubtful || trust < WORTH_SAYING) && (
        <span className={classes['trust']} data-doubtful={doubtful}>
          {doubtful && <DoubtIcon size={14} />}
          {percent(trust)} sure
        </span>
      )}
    </span>
  );
}
