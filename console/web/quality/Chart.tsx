import { useComputedColorScheme } from '@mantine/core';
import { LineChart, ScatterChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { type EChartsCoreOption, init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import classes from './quality.module.css';

/** Colours of the page, by what they say. */
export interface Ink {
  readonly text: string;
  readonly line: string;
  readonly good: string;
  readonly busy: string;
  readonly doubt: string;
}

interface ChartProps {
  /** What is to be seen, for those who do not see it; the figures stand in a table beside it. */
  readonly label: string;
  readonly option: (ink: Ink) => EChartsCoreOption;
}

let ready = false;

/** The parts of the library these pages need, once. */
function prepare(): void {
  if (!ready) use([LineChart, ScatterChart, GridComponent, LegendComponent, TooltipComponent, CanvasRenderer]);
  ready = true;
}

/** Drawn anew when the colours of the page change. */
export function Chart(props: ChartProps) {
  return <Drawing key={useComputedColorScheme()} {...props} />;
}

function Drawing({ label, option }: ChartProps) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (place.current === null) return undefined;
    prepare();
    const chart = init(place.current, null, { renderer: 'canvas' });
    chart.setOption({ animation: false, ...option(inkOf(place.current)) });
    const observer = new ResizeObserver(() => chart.resize());
    observer.observe(place.current);
    return () => {
      observer.disconnect();
      chart.dispose();
    };
  }, [option]);
  return <div ref={place} className={classes['chart']} role="img" aria-label={label} />;
}

function inkOf(element: Element): Ink {
  const style = getComputedStyle(element);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  return {
    text: colour('--mantine-color-dimmed'),
    line: colour('--rk-line'),
    good: colour('--rk-good'),
    busy: colour('--rk-busy'),
    doubt: colour('--rk-doubt-strong'),
  };
}
