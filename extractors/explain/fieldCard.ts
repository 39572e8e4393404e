import type { Draft, Reading, Source } from '#core';
import { type Html, html } from '../html.ts';

/** A field of the draft as the page shows it. `id` is safe in addresses and styles, whatever the field's name. */
export interface FieldCard {
  readonly id: string;
  readonly name: string;
  /** Undefined where nothing was read, or where the value is a list. */
  readonly value: string | undefined;
  readonly reading: Reading<unknown>;
  readonly sources: readonly Source[];
}

export function fieldCards(draft: Draft<Record<string, unknown>>): FieldCard[] {
  return Object.entries(draft).map(([name, reading], i) => {
    const value = typeof reading.value === 'string' ? reading.value : undefined;
    return { id: `field-${i + 1}`, name, value, reading, sources: reading.sources };
  });
}

/** What was chosen for a field, how sure that is, what speaks for it, and what else came into question. */
export function fieldCard({ id, name, reading, sources }: FieldCard): Html {
  const { value, evidence, alternatives, rule, clues, group } = reading;
  return html`<li id="${id}" tabindex="0" aria-labelledby="${id}-name">
<h3 id="${id}-name">${name}</h3>
${value === null ? html`<p class="value none">no value</p>` : shownValue(value)}
<p class="trust">${trust(reading)}</p>
<dl>
${row('evidence', evidence.length > 0 && html`${evidence.map((word) => html`<span class="tag">${word}</span> `)}`)}
${row('else', alternatives.length > 0 && html`<ul>${alternatives.map((other) => html`<li>${plain(other.value)} <span class="share">${percent(other.probability)}</span></li>`)}</ul>`)}
${row('place', sources.length > 0 && html`${sources.map((source, i) => place(source, `${id}-box-${i}`))}`)}
${row('rule', rule)}
${row('counted with', group)}
${row('clues', clues && clueList(clues))}
</dl>
</li>`;
}

/** Folded: they are many, and for whoever doubts the probability itself. */
function clueList(clues: Readonly<Record<string, number>>): Html | false {
  const named = Object.entries(clues).map(([clue, share]) => `${clue} ${share.toFixed(2)}`);
  return named.length > 0 && html`<details><summary>${named.length} measures</summary>${named.join(', ')}</details>`;
}

function row(term: string, what: Html | string | false | undefined): Html | false {
  return what !== undefined && what !== false && html`<dt>${term}</dt><dd>${what}</dd>`;
}

function trust({ value, probability, absent }: Reading<unknown>): Html {
  const sure = value === null ? absent : probability;
  const says = value === null ? 'that the paper has none' : 'that this is right';
  return html`<meter min="0" max="1" value="${sure.toFixed(4)}" aria-hidden="true"></meter> ${percent(sure)} ${says}${
    value !== null && html`, ${percent(absent)} that the paper has none`
  }`;
}

function place({ page, x0, y0, x1, y1, reader, by }: Source, box: string): Html {
  const corners = [x0, y0, x1, y1].map((pixel) => Math.round(pixel)).join(', ');
  // What only the paper's data say stands nowhere on it.
  const where = x1 > x0 ? html`<a href="#${box}">page ${page} at ${corners}</a>` : 'not printed';
  return html`<div>${where}, ${reader}${by !== undefined && ` by ${by}`}</div>`;
}

function shownValue(value: unknown): Html {
  if (!Array.isArray(value)) return html`<p class="value">${plain(value)}</p>`;
  const rows = value.map((entry: unknown) =>
    Array.isArray(entry) ? entry : typeof entry === 'object' && entry !== null ? Object.values(entry) : [entry],
  );
  const first: unknown = value[0];
  const heads = typeof first === 'object' && first !== null && !Array.isArray(first) ? Object.keys(first) : [];
  return html`<div class="list" tabindex="0" role="region" aria-label="The list's rows"><table>
${heads.length > 0 && html`<thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>`}
<tbody>${rows.map((cells) => html`<tr>${cells.map((cell: unknown) => html`<td>${plain(cell)}</td>`)}</tr>`)}</tbody></table></div>`;
}

function plain(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
