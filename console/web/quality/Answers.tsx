import { Button, Group, Table, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { TrustReport } from '#core';
import { call } from '../api/client.ts';
import { Card } from '../shared/Card.tsx';
import { atMoment } from '../words/time.ts';
import classes from './quality.module.css';

/** What people's answers taught, and learning anew from them. */
export function Answers({ report }: { readonly report: TrustReport }) {
  const client = useQueryClient();
  const onSettled = () => client.invalidateQueries({ queryKey: ['trust'] });
  const learn = useMutation({ mutationFn: () => call('/api/trust/layers', { method: 'POST' }), onSettled });
  const takeBack = useMutation({ mutationFn: () => call('/api/trust/layers/newest', { method: 'DELETE' }), onSettled });
  const { own, layer } = report;
  const error = learn.error ?? takeBack.error;
  return (
    <Card title="Answers given here">
      <p className={classes['note']}>
        {own.labels === 0
          ? 'No answer yet. Every form a person sends says of each field whether the bot had read it right.'
          : `${own.labels} fields checked by people, ${own.wrong} of them corrected. ${own.sampled} come from papers that were asked about whatever was read on them: only those bear out the budget.`}
      </p>
      <Text size="sm" mb="sm">
        {layer === null
          ? 'Nothing learnt is in force: what ships counts.'
          : `Version ${layer.version} of ${atMoment(layer.at)}, learnt from ${layer.labels} fields, is in force.`}
      </Text>
      {layer !== null && layer.shifts.length > 0 && <Shifts shifts={layer.shifts} />}
      <Group gap="sm">
        <Button size="xs" disabled={own.labels === 0} loading={learn.isPending} onClick={() => learn.mutate()}>
          Learn from all answers
        </Button>
        <Button
          size="xs"
          variant="default"
          disabled={layer === null}
          loading={takeBack.isPending}
          onClick={() => takeBack.mutate()}
        >
          Take the last one back
        </Button>
      </Group>
      {error !== null && (
        <Text size="sm" c="var(--rk-bad)" role="alert" mt={4}>
          {error.message}
        </Text>
      )}
    </Card>
  );
}

function Shifts({ shifts }: Pick<NonNullable<TrustReport['layer']>, 'shifts'>) {
  return (
    <Table className={classes['table'] ?? ''} mb="sm">
      <Table.Caption>What is trusted more or less than before</Table.Caption>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">Medium and kind</Table.Th>
          <Table.Th scope="col">Log-odds</Table.Th>
          <Table.Th scope="col">Corrected</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {shifts.map(({ group, by, n, wrong }) => (
          <Table.Tr key={group}>
            <Table.Td>{group}</Table.Td>
            <Table.Td>{`${by > 0 ? '+' : ''}${by.toFixed(2)}`}</Table.Td>
            <Table.Td>
              {wrong} of {n}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
