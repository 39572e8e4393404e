import { Tooltip } from '@mantine/core';
import { atMoment, promise } from '../words/time.ts';
import classes from './shared.module.css';
import { useNow } from './useNow.ts';

/** When it was promised, as time left; late ones say so in words. */
export function Due({ at }: { readonly at: string }) {
  const { text, late, soon } = promise(at, useNow());
  return (
    <Tooltip label={`Promised for ${atMoment(at)}`}>
      <span className={`${classes['nowrap']} ${late ? classes['late'] : soon ? classes['soon'] : ''}`}>{text}</span>
    </Tooltip>
  );
}
