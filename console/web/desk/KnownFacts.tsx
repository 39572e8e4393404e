import { DataList } from '@mantine/core';
import type { Draft } from '#core';
import { Shown } from '../shared/Shown.tsx';
import { inWords } from '../words/tasks.ts';
import classes from './desk.module.css';
import type { Field } from './form/fields.ts';

interface KnownFactsProps {
  readonly draft: Draft<Record<string, unknown>>;
  readonly fields: readonly Field[];
}

/** What the bot knows and does not ask for: the ground to decide on. */
export function KnownFacts({ draft, fields }: KnownFactsProps) {
  const asked = new Set(fields.map(({ name }) => name));
  const facts = Object.entries(draft).filter(([name]) => !asked.has(name));
  if (facts.length === 0) return null;
  return (
    <DataList className={classes['facts'] ?? ''} size="sm" gap={4}>
      {facts.map(([name, { value }]) => (
        <DataList.Item key={name}>
          <DataList.ItemLabel>{inWords(name)}</DataList.ItemLabel>
          <DataList.ItemValue>
            <Shown value={value} />
          </DataList.ItemValue>
        </DataList.Item>
      ))}
    </DataList>
  );
}
