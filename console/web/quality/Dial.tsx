import { NumberInput, Table, Text } from '@mantine/core';
import type { EChartsCoreOption } from 'echarts/core';
import { useCallback, useState } from 'react';
import type { TrustReport, TrustSetting } from '#core';
import { useTrust } from '../api/queries.ts';
import { Card } from '../shared/Card.tsx';
import shared from '../shared/shared.module.css';
import { Chart, type Ink } from './Chart.tsx';
import classes from './quality.module.css';
import { CLASS_WORDS, CLASSES, ORIGIN_WORDS, share } from './words.ts';

/** Budget against straight-through share: what one pays for fewer wrong fields. */
export function Dial({ report }: { readonly report: TrustReport }) {
  const [budget, setBudget] = useState(report.wrongPerThousand);
  const asked = useTrust(budget).data ?? report;
  const option = useCallback((ink: Ink) => costCurve(report.costs, ink), [report.costs]);
  return (
    <Card
      title="The dial"
      aside={
        <Text size="sm" c="dimmed">
          In force: {report.wrongPerThousand} in 1,000
        </Text>
      }
    >
      <div className={classes['pair']}>
        <div>
          <Chart label="Share of fields that go straight through; by error budget" option={option} />
        </div>
        <div>
          <NumberInput
            label="What if the budget were"
            description="Wrong fields in 1,000 posted. Nothing is changed by trying."
            value={budget}
            onChange={(value) => typeof value === 'number' && setBudget(value)}
            min={0.1}
            max={1000}
            hideControls
            maw={260}
            mb="sm"
          />
          <ul className={classes['promises']} aria-live="polite">
            {asked.settings.map((setting) => (
              <li key={setting.of}>
                <Promised setting={setting} />
              </li>
            ))}
          </ul>
        </div>
      </div>
      <div className={shared['scrollX']}>
        <CostTable costs={report.costs} />
      </div>
    </Card>
  );
}

function Promised({ setting }: { readonly setting: TrustSetting }) {
  const { of, atMost, least, share: through, accepted, labels, testedOn } = setting;
  return (
    <>
      <strong>{CLASS_WORDS[of]}: </strong>
      {atMost === null || least === null ? (
        <>everything goes to a person. {labels} labels do not bear it out.</>
      ) : (
        <>
          {share(through)} of fields go straight through, those at least {share(least, 1)} sure. Of them at most{' '}
          {share(atMost, 2)} are wrong, at 95 %, by {accepted} labels.
        </>
      )}
      <Text size="sm" c="dimmed" component="span">
        {' '}
        {ORIGIN_WORDS[testedOn]}
      </Text>
    </>
  );
}

function CostTable({ costs }: { readonly costs: readonly TrustSetting[] }) {
  const budgets = [...Map.groupBy(costs, ({ wrongPerThousand }) => wrongPerThousand)];
  const known = CLASSES.filter((each) => costs.some(({ of }) => of === each));
  return (
    <Table className={classes['table'] ?? ''} miw={520}>
      <Table.Caption>
        What budgets cost: the share that goes straight through, and how much of it is wrong at most
      </Table.Caption>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">Wrong in 1,000</Table.Th>
          {known.map((of) => (
            <Table.Th key={of} scope="col">
              {CLASS_WORDS[of]}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {budgets.map(([budget, settings]) => (
          <Table.Tr key={budget}>
            <Table.Th scope="row">{budget}</Table.Th>
            {known.map((of) => (
              <Table.Td key={of}>{costInWords(settings.find((setting) => setting.of === of))}</Table.Td>
            ))}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function costInWords(setting: TrustSetting | undefined): string {
  if (setting === undefined || setting.atMost === null) return `a person: ${setting?.labels ?? 0} labels`;
  return `${share(setting.share)}, at most ${share(setting.atMost, 2)}`;
}

function costCurve(costs: readonly TrustSetting[], ink: Ink): EChartsCoreOption {
  const axis = {
    nameTextStyle: { color: ink.text },
    axisLabel: { color: ink.text },
    splitLine: { lineStyle: { color: ink.line } },
  };
  const line = (of: TrustSetting['of'], color: string, dash: 'solid' | 'dashed' = 'solid') => ({
    type: 'line',
    lineStyle: { type: dash },
    name: CLASS_WORDS[of],
    color,
    symbolSize: 8,
    step: 'end',
    data: costs.filter((cost) => cost.of === of).map((cost) => [cost.wrongPerThousand, 100 * cost.share]),
  });
  return {
    grid: { left: 60, right: 16, top: 36, bottom: 44 },
    // One row, to be leafed through where it is narrow: rows of it would lie on the curves.
    legend: { type: 'scroll', top: 0, left: 0, right: 0, textStyle: { color: ink.text } },
    tooltip: { trigger: 'axis', renderMode: 'richText' },
    xAxis: { ...axis, type: 'log', name: 'wrong in 1,000', nameLocation: 'middle', nameGap: 28, min: 1, max: 100 },
    yAxis: {
      ...axis,
      type: 'value',
      name: 'straight through, %',
      nameLocation: 'middle',
      nameGap: 36,
      min: 0,
      max: 100,
    },
    series: [
      line('text', ink.good),
      line('ocr', ink.busy),
      line('text-list', ink.doubt),
      line('ocr-list', ink.text),
      line('plugged-in', ink.text, 'dashed'),
    ].filter(({ data }) => data.length > 0),
  };
}
