import { Alert, Button, Group, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from 'wouter';
import type { BotInfo } from '#core';
import { call } from '../api/client.ts';
import { Card } from '../shared/Card.tsx';
import { Tag } from '../shared/StateBadge.tsx';
import { inWords, STATE_WORDS } from '../words/tasks.ts';
import { span } from '../words/time.ts';
import classes from './overview.module.css';

const SHOWN = ['ready', 'running', 'waiting', 'done', 'rejected'] as const;

export function BotList({ bots }: { readonly bots: readonly BotInfo[] }) {
  return (
    <Card title="Bots" flush>
      <ul className={classes['rows']}>
        {bots.map((bot) => (
          <li key={bot.name} className={classes['row']}>
            <Bot bot={bot} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Bot({ bot }: { readonly bot: BotInfo }) {
  return (
    <>
      <Group justify="space-between" gap="xs">
        <Link href={`/tasks?bot=${bot.name}`} className={classes['botName'] ?? ''}>
          {bot.name}
        </Link>
        {bot.halted?.version === bot.version ? <Tag tone="bad">Stopped</Tag> : <Tag tone="good">Working</Tag>}
      </Group>
      <Text size="sm" c="dimmed">
        Version {bot.version} · promises {span(bot.promiseSeconds * 1_000)} · asks {inWords(bot.skill).toLowerCase()}
      </Text>
      <ul className={classes['counts']} aria-label={`Tasks of ${bot.name}`}>
        {SHOWN.filter((state) => bot.counts[state] > 0).map((state) => (
          <li key={state}>
            <strong>{bot.counts[state]}</strong> {STATE_WORDS[state].word.toLowerCase()}
          </li>
        ))}
      </ul>
      {bot.halted !== null && <Halted name={bot.name} halted={bot.halted} />}
    </>
  );
}

function Halted({ name, halted }: { readonly name: string; readonly halted: NonNullable<BotInfo['halted']> }) {
  const client = useQueryClient();
  const resume = useMutation({
    mutationFn: () => call(`/api/bots/${encodeURIComponent(name)}/resume`, { method: 'POST' }),
    onSettled: () => client.invalidateQueries({ queryKey: ['overview'] }),
  });
  return (
    <Alert variant="default" mt="xs" title={inWords(halted.code)} className={classes['halted'] ?? ''}>
      <Text size="sm" mb="xs">
        {halted.message} What version {halted.version} would run stays queued; nothing is lost.
      </Text>
      <Button size="xs" onClick={() => resume.mutate()} loading={resume.isPending}>
        Let it work again
      </Button>
      {resume.error !== null && (
        <Text size="sm" c="var(--rk-bad)" role="alert" mt={4}>
          {resume.error.message}
        </Text>
      )}
    </Alert>
  );
}
