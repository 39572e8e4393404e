import { reliabilityOf } from '../confidence/reliability.ts';
import { type Html, html, standalonePage } from '../html.ts';
import { goalChart, historyChart, reliabilityChart, worstFieldsChart } from './charts.ts';
import { type FieldFaults, fieldFaults } from './faults.ts';
import { scoreFields } from './fields.ts';
import type { EvalRow, EvalRun } from './history.ts';
import type { Measure } from './score.ts';
import type { Judged } from './truth.ts';

export interface EvalReport {
  readonly run: EvalRun;
  /** Earlier runs, the oldest first. */
  readonly history: readonly EvalRun[];
  readonly rows: readonly EvalRow[];
  readonly judged: ReadonlyMap<string, readonly Judged[]>;
}

/** A figure as people read it: shares in percent, times in milliseconds. */
export function shownFigure(measure: Measure, value: number): string {
  return measure.startsWith('ms') ? `${Math.round(value)} ms` : `${(100 * value).toFixed(1)} %`;
}

/** A change as people read it, in points of percent or in milliseconds; empty where there is none. */
export function shownChange({ measure, change }: EvalRow): string {
  if (change === null) return '';
  const unit = measure.startsWith('ms') ? 1 : 100;
  const points = (unit * change).toFixed(unit === 1 ? 0 : 1);
  return Number(points) === 0 ? '=' : change > 0 ? `+${points}` : points;
}

/** One page with everything measured: the table, charts of goals, of the worst fields and of earlier runs. No values of papers. */
export async function evalReport({ run, history, rows, judged }: EvalReport): Promise<string> {
  const faults = [...judged].flatMap(([set, files]) => fieldFaults(files).map((each) => ({ set, ...each })));
  const runs = [...history, run].slice(-30);
  const body = html`<main>
<h1>How well papers are read</h1>
<p>Measured ${run.date.slice(0, 16).replace('T', ' ')} UTC${run.commit !== null && html` at commit <code>${run.commit}</code>`}.
Thresholds of “at 99 %” are picked on these very files, so they flatter; “across halves” they are picked on one half of the files and
used on the other, both ways. See docs/reading.md.</p>
<h2>Goals</h2>
${figure('Bars: what was reached. Black marks: the goals.', await goalChart(rows))}
<h2>Worst fields</h2>
${figure('Field F1; in brackets, how many papers show the field.', await worstFieldsChart(faults))}
<h2>How sure, and how right</h2>
${figure('Values given on these files, in groups of about equal size: how sure they were, and how many were right. Where they took part in the fitting, this flatters.', await reliabilityChart(surenessOf(judged)))}
<h2>Run by run</h2>
${figure('The last runs on record, on whatever files they were made.', await historyChart(runs, rows))}
<h2>All figures</h2>
${figuresTable(rows)}
<h2>What remains wrong</h2>
${faultsTable(faults)}
</main>`;
  return standalonePage({ title: 'How well papers are read', style: STYLE, body });
}

function surenessOf(judged: EvalReport['judged']) {
  const { values } = scoreFields([...judged.values()].flat());
  const given = values.filter((value) => value.given);
  return reliabilityOf(given.map(({ confidence, right }) => ({ trust: confidence, right })));
}

function figure(caption: string, chart: Html): Html {
  return html`<figure><div class="wide" role="img" aria-label="${caption} The tables below say the same.">${chart}</div><figcaption>${caption}</figcaption></figure>`;
}

function figuresTable(rows: readonly EvalRow[]): Html {
  return html`<div class="wide" tabindex="0" role="region" aria-label="All figures"><table>
<thead><tr><th scope="col">Set</th><th scope="col">Files</th><th scope="col">Measure</th><th scope="col">Value</th><th scope="col">Goal</th><th scope="col">Met</th><th scope="col">Change</th></tr></thead>
<tbody>${rows.map(
    (
      row,
    ) => html`<tr${row.regressed && html` class="worse"`}><td>${row.set}</td><td class="n">${row.files}</td><td>${row.measure}</td>
<td class="n">${shownFigure(row.measure, row.value)}</td><td class="n">${row.goal !== null && shownFigure(row.measure, row.goal)}</td>
<td>${row.met !== null && (row.met ? 'yes' : 'no')}</td><td class="n">${shownChange(row)}</td></tr>`,
  )}</tbody></table></div>`;
}

function faultsTable(faults: readonly (FieldFaults & { readonly set: string })[]): Html {
  return html`<div class="wide" tabindex="0" role="region" aria-label="What remains wrong"><table>
<thead><tr><th scope="col">Set</th><th scope="col">Field</th><th scope="col">Shown</th><th scope="col">F1</th><th scope="col">No value</th><th scope="col">Wrong value</th><th scope="col">Surplus</th></tr></thead>
<tbody>${faults.map(
    ({
      set,
      field,
      wanted,
      f1,
      missing,
      wrong,
      surplus,
    }) => html`<tr><td>${set}</td><td>${field}</td><td class="n">${wanted}</td>
<td class="n">${(100 * f1).toFixed(1)} %</td><td class="n">${missing.length}</td><td class="n">${wrong.length}</td><td class="n">${surplus.length}</td></tr>`,
  )}</tbody></table></div>`;
}

const STYLE = `
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; color: #1f2933; background: #ffffff; }
main { max-width: 900px; margin: 0 auto; padding: 24px 16px 64px; }
h1 { font-size: 28px; } h2 { font-size: 20px; margin-top: 40px; }
figure { margin: 0; } figcaption { color: #52606d; font-size: 14px; }
.wide { overflow-x: auto; }
svg { display: block; }
table { border-collapse: collapse; width: 100%; font-size: 14px; }
th, td { text-align: left; padding: 6px 10px; border-bottom: 1px solid #d9e2ec; white-space: nowrap; }
.n { text-align: right; font-variant-numeric: tabular-nums; }
.worse td { background: #fdf0ea; }
`;
