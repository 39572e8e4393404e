import { NativeSelect, Table } from '@mantine/core';
import type { EChartsCoreOption } from 'echarts/core';
import { useCallback, useState } from 'react';
import type { TrustReport } from '#core';
import { Card } from '../shared/Card.tsx';
import shared from '../shared/shared.module.css';
import { inWords } from '../words/tasks.ts';
import { Chart, type Ink } from './Chart.tsx';
import classes from './quality.module.css';
import { share } from './words.ts';

type Kind = TrustReport['reliability'][number];

/** How sure it said it was against how often it was right: on the diagonal both agree. */
export function Reliability({ kinds }: { readonly kinds: TrustReport['reliability'] }) {
  const [chosen, choose] = useState(kinds[0]?.kind);
  const kind = kinds.find((each) => each.kind === chosen);
  const option = useCallback((ink: Ink) => reliabilityPlot(kind?.points ?? [], ink), [kind]);
  if (kind === undefined) return null;
  return (
    <Card
      title="Said and true"
      aside={
        <NativeSelect
          aria-label="Kind of value"
          value={kind.kind}
          onChange={(event) => choose(event.currentTarget.value)}
          data={kinds.map((each) => ({ value: each.kind, label: inWords(each.kind) }))}
        />
      }
    >
      <p className={classes['note']}>
        On public documents of sellers the model had not seen. Points above the line were right more often than they
        claimed.
      </p>
      <div className={classes['pair']}>
        <Chart label={`How sure it was of ${kind.kind} against how often it was right`} option={option} />
        <div className={shared['scrollX']}>
          <Table className={classes['table'] ?? ''}>
            <Table.Caption>{inWords(kind.kind)}</Table.Caption>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">Said</Table.Th>
                <Table.Th scope="col">True</Table.Th>
                <Table.Th scope="col">Labels</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {kind.points.map(({ said, n, right }) => (
                <Table.Tr key={said}>
                  <Table.Td>{share(said, 1)}</Table.Td>
                  <Table.Td>{share(right / n, 1)}</Table.Td>
                  <Table.Td>{n}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      </div>
    </Card>
  );
}

function reliabilityPlot(points: Kind['points'], ink: Ink): EChartsCoreOption {
  const axis = {
    ...{ type: 'value', min: 0, max: 100, nameTextStyle: { color: ink.text } },
    ...{ axisLabel: { color: ink.text }, splitLine: { lineStyle: { color: ink.line } } },
  };
  return {
    grid: { left: 48, right: 16, top: 28, bottom: 44 },
    tooltip: { trigger: 'item', renderMode: 'richText' },
    xAxis: { ...axis, name: 'said, %', nameLocation: 'middle', nameGap: 28 },
    yAxis: { ...axis, name: 'true, %' },
    series: [
      { type: 'line', symbol: 'none', silent: true, lineStyle: { color: ink.text, type: 'dashed' }, data: DIAGONAL },
      {
        type: 'scatter',
        color: ink.good,
        data: points.map(({ said, n, right }) => [100 * said, (100 * right) / n]),
        symbolSize: 11,
      },
    ],
  };
}

const DIAGONAL = [
  [0, 0],
  [100, 100],
];
