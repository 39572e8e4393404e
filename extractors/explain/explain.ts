import type { Page, Statement } from '#core';
import { DOUBT_WORDS } from '../doubtWords.ts';
import type { ExtractedPaper } from '../extractPaper.ts';
import { type Html, html, standalonePage } from '../html.ts';
import { paperItself } from '../paperItself.ts';
import { quarterTurn, type Readers, type ReadOptions } from '../readers/index.ts';
import { type Classification, classify } from '../types/classify.ts';
import { fieldCard, fieldCards } from './fieldCard.ts';
import { marksOf } from './marks.ts';
import { pageFigure } from './pageFigure.ts';
import { highlights, STYLE } from './style.ts';

export interface Explained {
  /** The paper's name, as a heading. */
  readonly name: string;
  readonly paper: ExtractedPaper;
  /** One a page, in their order; undefined for a page without pixels. */
  readonly pictures: readonly (Uint8Array | undefined)[];
}

const PICTURE_WIDTH = 1_400;

/** Pictures of the pages as upright as their boxes; plain text and mails have none. */
export async function picturesOf(
  readers: Readers,
  bytes: Uint8Array,
  pages: readonly Page[],
  options: ReadOptions = {},
): Promise<(Uint8Array | undefined)[]> {
  const pictures: (Uint8Array | undefined)[] = [];
  for (const { number, rotation } of pages) {
    const picture = readers.renderPage(bytes, number, {
      ...options,
      rotation: quarterTurn(rotation),
      width: PICTURE_WIDTH,
    });
    pictures.push(await picture.catch(() => undefined));
  }
  return pictures;
}

/**
 * One HTML page that shows what was made of a paper: its pages with boxes of words, of all that came into question and
 * of the chosen values; beside them each field with its trust, evidence, alternatives and lineage. No script.
 */
export function explainPage({ name, paper, pictures }: Explained): string {
  const { pages, statements, doubts } = paper.reading;
  const own = paperItself(paper.reading);
  const fields = fieldCards(paper.extracted.draft);
  const marks = marksOf(pages);
  const body = html`<header>
<h1>${name}</h1>
<p>${typeLine(paper.extracted.type, classify(own.pages, own.statements))}</p>
${doubts.length > 0 && html`<ul class="doubts" aria-label="Doubts">${doubts.map((doubt) => html`<li>${DOUBT_WORDS[doubt]} <span class="tag">${doubt}</span></li>`)}</ul>`}
<fieldset><legend>Show</legend>
<label><input type="checkbox" id="show-values" checked>values</label>
<label><input type="checkbox" id="show-marks">what came into question</label>
<label><input type="checkbox" id="show-words">words</label>
</fieldset>
</header>
<main>
<section aria-label="Pages">${pages.map((page, i) =>
    pageFigure({ page, picture: pictures[i], marks: marks.filter(({ box }) => box.page === page.number), fields }),
  )}</section>
<aside aria-label="Fields">
<h2>Fields</h2>
<p class="key">Evidence speaks for a value or against it. With the clues, measures of the paper and of the value's place, it makes the
probability: as often as such values, counted together, were right on papers whose truth is known.</p>
<ul class="fields">${fields.map(fieldCard)}</ul>
${statements.map(statementTable)}
</aside>
</main>`;
  return standalonePage({
    title: `${name}: what was read`,
    style: `${STYLE}\n${highlights(fields.map(({ id }) => id))}`,
    body,
  });
}

/** What the paper was read as, what it looks like, and what else it might be. */
function typeLine(type: string, found: Classification): string {
  const { probability, shares } = found;
  const likely = shares.filter(({ share }) => share >= 0.05);
  const named = (kinds: typeof shares) => kinds.map((kind) => `${kind.type} ${percent(kind.share)}`);
  if (found.type === 'unknown') {
    const all = [...named(likely), `none of these ${percent(probability)}`];
    return `Read as ${type}. No kind of paper is likely enough: ${all.join(', ')}.`;
  }
  const others = named(likely.filter((kind) => kind.type !== found.type)).join(', ');
  const isByWords = shares[0]?.type === found.type;
  const or = others && `; ${isByWords ? 'else' : 'by its words alone'} ${others}`;
  return `Read as ${type}. Looks like ${found.type}, ${percent(probability)} sure${or}.`;
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}

function statementTable({ format, values, items, attached, sent }: Statement): Html {
  const first = attached ?? sent;
  const whose = first === undefined ? 'the paper' : `the file from page ${first} on`;
  return html`<h2>What ${whose} says of itself (${format})</h2>
<div class="list" tabindex="0" role="region" aria-label="Data of the paper"><table><tbody>
${Object.entries(values).map(([field, value]) => html`<tr><th scope="row">${field}</th><td>${value}</td></tr>`)}
${items.map((item, i) => html`<tr><th scope="row">item ${i + 1}</th><td>${Object.values(item).filter(Boolean).join(' · ')}</td></tr>`)}
</tbody></table></div>`;
}
