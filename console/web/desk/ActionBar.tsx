import { Button, Kbd, Tooltip } from '@mantine/core';
import type { Choice } from '#core';
import { ArrowIcon } from '../shared/icons.tsx';
import { CHOICE_WORDS } from '../words/choices.ts';
import classes from './desk.module.css';
import { followsId } from './WhatFollows.tsx';

const ON_SIGHT = { hover: true, focus: true, touch: false };

interface ActionBarProps {
  readonly choices: readonly Choice[];
  /** The choice that sends the form; absent where there is none. */
  readonly primary: Choice | undefined;
  readonly overrule: boolean;
  readonly busy: boolean;
  readonly readOnly: boolean;
  /** Questions left after this one. */
  readonly left: number;
  readonly onChoose: (choice: Choice) => void;
  readonly onLeave: () => void;
}

/** What may be done, in words. Sending the form is one key; what cannot be taken back asks once more. */
export function ActionBar({ choices, primary, overrule, busy, readOnly, left, onChoose, onLeave }: ActionBarProps) {
  const others = choices.filter((choice) => choice !== primary);
  return (
    <section className={classes['actions']} aria-label="What to do">
      {primary !== undefined && (
        <Button
          size="md"
          aria-describedby={followsId(primary)}
          loading={busy}
          disabled={readOnly}
          color={overrule ? '#8f4a00' : 'ledger'}
          autoContrast={!overrule}
          rightSection={<Kbd className={classes['key'] ?? ''}>Ctrl+↵</Kbd>}
          onClick={() => onChoose(primary)}
        >
          {overrule ? 'Post anyway' : CHOICE_WORDS[primary].label}
        </Button>
      )}
      {others.map((choice) => (
        <Tooltip key={choice} label={CHOICE_WORDS[choice].next} events={ON_SIGHT}>
          <Button
            aria-describedby={followsId(choice)}
            size={primary === undefined ? 'md' : 'sm'}
            variant="default"
            disabled={readOnly || busy}
            onClick={() => onChoose(choice)}
          >
            {CHOICE_WORDS[choice].label}
          </Button>
        </Tooltip>
      ))}
      <span className={classes['onward']}>
        <span className={classes['left']}>
          <ArrowIcon size={14} /> {left === 0 ? 'the last one' : `then ${left} more`}
        </span>
        <Button
          variant="subtle"
          color="gray"
          c="dimmed"
          size="compact-sm"
          onClick={onLeave}
          rightSection={<Kbd size="xs">Esc</Kbd>}
        >
          Leave
        </Button>
      </span>
    </section>
  );
}
