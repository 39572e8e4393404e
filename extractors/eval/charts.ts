import type { EChartsOption } from 'echarts';
import type { ReliabilityPoint } from '../confidence/reliability.ts';
import { Html } from '../html.ts';
import type { FieldFaults } from './faults.ts';
import type { EvalRow, EvalRun } from './history.ts';

const INK = '#1f2933';
const REACHED = '#1b6e4b';
const SHORT = '#b3441f';
const WIDTH = 860;
/** One for each goal, told apart also by who sees few colours: light and dark in turn. */
const LINES = [
  ...['#1f4e9c', '#e0a100', '#5a1f6e', '#39a3c9', '#8a2d0c', '#7fb239'],
  ...['#0b5c46', '#e27fb0', '#2b2b2b', '#9a86d1', '#a86b00', '#9aa3ad'],
];

/** A chart as SVG that stands in a page: drawn here, so that the page needs no script. */
async function drawn(option: EChartsOption, height: number): Promise<Html> {
  // Half a second to load: only for those who ask for charts.
  const { init } = await import('echarts');
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height });
  chart.setOption({ animation: false, textStyle: { color: INK, fontFamily: 'system-ui, sans-serif' }, ...option });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return new Html(svg);
}

/** What was reached, a bar for each goal, and the goals as marks. */
export function goalChart(rows: readonly EvalRow[]): Promise<Html> {
  const aimed = rows.filter(({ goal }) => goal !== null).reverse();
  return drawn(
    {
      ...shareAxis(aimed.map(({ set, measure }) => `${set}: ${measure}`)),
      series: [
        {
          type: 'bar',
          data: aimed.map(({ value, met }) => ({ value: percent(value), itemStyle: { color: met ? REACHED : SHORT } })),
          label: { show: true, position: 'insideLeft', color: '#ffffff', formatter: '{c} %' },
        },
        {
          type: 'scatter',
          symbol: 'rect',
          symbolSize: [3, 22],
          itemStyle: { color: INK },
          data: aimed.map(({ goal }) => percent(goal ?? 0)),
        },
      ],
    },
    70 + 32 * aimed.length,
  );
}

/** The fields that are read worst, whatever set they are in. */
export function worstFieldsChart(faults: readonly (FieldFaults & { readonly set: string })[]): Promise<Html> {
  const worst = [...faults]
    .sort((a, b) => a.f1 - b.f1)
    .slice(0, 15)
    .reverse();
  return drawn(
    {
      ...shareAxis(worst.map(({ set, field, wanted }) => `${set}: ${field} (${wanted})`)),
      series: [{ type: 'bar', data: worst.map(({ f1 }) => percent(f1)), itemStyle: { color: SHORT } }],
    },
    70 + 26 * worst.length,
  );
}

/** How sure values were said to be against how often they were right; the diagonal is where both agree. */
export function reliabilityChart(points: readonly ReliabilityPoint[]): Promise<Html> {
  const axis = { type: 'value', min: 0, max: 100, axisLabel: { formatter: '{value} %' } } as const;
  return drawn(
    {
      grid: { left: 60, right: 20, top: 20, bottom: 50 },
      xAxis: { ...axis, name: 'said', nameLocation: 'middle', nameGap: 28 },
      yAxis: { ...axis, name: 'true' },
      series: [
        {
          type: 'line',
          symbol: 'none',
          lineStyle: { color: INK, type: 'dashed', width: 1 },
          data: [
            [0, 0],
            [100, 100],
          ],
        },
        {
          type: 'line',
          symbolSize: 9,
          itemStyle: { color: REACHED },
          data: points.map(({ said, n, right }) => [percent(said), percent(right / n)]),
        },
      ],
    },
    320,
  );
}

/** Each goal's figure from run to run. */
export function historyChart(runs: readonly EvalRun[], rows: readonly EvalRow[]): Promise<Html> {
  const aimed = rows.filter(({ goal }) => goal !== null);
  return drawn(
    {
      color: LINES,
      grid: { left: 50, right: 20, top: 20, bottom: 150 },
      // Drawn without a browser, letters are taken for narrower than they may come out.
      legend: { bottom: 0, itemGap: 40 },
      xAxis: {
        type: 'category',
        data: runs.map(({ date, commit }) => `${date.slice(5, 16).replace('T', ' ')} ${commit ?? ''}`),
      },
      yAxis: { type: 'value', min: 0, max: 100, axisLabel: { formatter: '{value} %' } },
      series: aimed.map(({ set, measure }) => ({
        type: 'line',
        name: `${set}: ${measure}`,
        data: runs.map((run) => {
          const figure = run.sets.find((each) => each.set === set)?.figures[measure];
          return figure === undefined ? null : percent(figure);
        }),
      })),
    },
    460,
  );
}

function shareAxis(categories: readonly string[]): EChartsOption {
  return {
    grid: { left: 270, right: 30, top: 10, bottom: 40 },
    xAxis: { type: 'value', min: 0, max: 100, axisLabel: { formatter: '{value} %' } },
    yAxis: { type: 'category', data: [...categories], axisTick: { show: false } },
  };
}

function percent(share: number): number {
  return Math.round(1000 * share) / 10;
}
