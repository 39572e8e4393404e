import { Text } from '@mantine/core';
import type { Effect } from '#core';
import { Card } from '../shared/Card.tsx';
import { ComparedTable } from '../shared/ComparedTable.tsx';
import { Pictures } from '../shared/Pictures.tsx';
import { Tag } from '../shared/StateBadge.tsx';
import { inWords } from '../words/tasks.ts';
import { atMoment } from '../words/time.ts';

const STATE = {
  intended: { word: 'About to be keyed', tone: 'busy' },
  proven: { word: 'Keyed and proven', tone: 'good' },
  withdrawn: { word: 'Not keyed', tone: 'quiet' },
  left: { word: 'Left as it was', tone: 'doubt' },
} as const;

function closing({ closed }: Effect): string {
  if (closed === null) return '';
  return `, ${inWords(closed.because).toLowerCase()}${closed.by === null ? '' : ` (${closed.by})`}`;
}

/** What the task changed in an application, and what that application shows for it when looked up again. */
export function Effects({ effects }: { readonly effects: readonly Effect[] }) {
  return effects.map((effect) => (
    <Card
      key={effect.step + effect.key}
      title={`${effect.application}: ${effect.screen}`}
      aside={<Tag tone={STATE[effect.state].tone}>{STATE[effect.state].word}</Tag>}
    >
      <Text size="sm" c="dimmed" mb="xs">
        {effect.receipt === null
          ? `Intended ${atMoment(effect.intendedAt)}${closing(effect)}`
          : [effect.receipt.reference, `proven ${atMoment(effect.receipt.provenAt)}`].filter(Boolean).join(', ')}
      </Text>
      {effect.receipt !== null && (
        <>
          <ComparedTable compared={effect.receipt.compared} />
          <Pictures pictures={effect.receipt.evidence} />
        </>
      )}
    </Card>
  ));
}
