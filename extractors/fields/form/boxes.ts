import type { Element } from './elements.ts';

/** The options of a line whose boxes are marked, each with its box. */
export interface Ticked {
  readonly box: Element;
  readonly option: readonly Element[];
}

export interface BoxedLine {
  /** What the options answer, where the line says it. */
  readonly question: Element | undefined;
  readonly ticked: readonly Ticked[];
  /** Everything that is an option or a box, marked or not. */
  readonly parts: readonly Element[];
}

/** Lines with boxes to tick: `Priority: [ ] low [x] high`, `☒ Yes ☐ No`; the boxes may also stand behind their options. */
export function boxedLine(line: readonly Element[]): BoxedLine | undefined {
  const first = line.findIndex(({ kind }) => kind === 'box');
  if (first < 0) return undefined;
  const before = line[first - 1];
  const optionsFirst = before?.kind === 'text' && line.at(-1)?.kind === 'box';
  const asked = line.slice(0, optionsFirst ? first - 1 : first).at(-1);
  const options = optionsFirst ? line.slice(first - 1) : line.slice(first);
  const ticked = options.flatMap((box, i): Ticked[] => {
    if (!box.marked) return [];
    const option = optionsFirst ? textsBefore(options, i) : textsAfter(options, i);
    return option.length > 0 ? [{ box, option }] : [];
  });
  const question = asked && (asked.kind === 'question' || asked.kind === 'text') ? asked : undefined;
  return { question, ticked, parts: options };
}

/** An option may look like a label: `☒ Name ☐ Address`. It ends where a column's gap begins. */
function textsAfter(elements: readonly Element[], at: number): Element[] {
  const [first, ...rest] = elements.slice(at + 1);
  if (!first || first.kind === 'box' || first.colon) return [];
  const option = [first];
  for (const next of rest) {
    const apart = next.x0 - option.at(-1)!.x1 > 1.5 * (next.y1 - next.y0);
    if (next.kind === 'box' || next.colon || next.afterField || apart) break;
    option.push(next);
  }
  return option;
}

function textsBefore(elements: readonly Element[], at: number): Element[] {
  const earlier = elements.slice(0, at);
  const start = earlier.findLastIndex(({ kind, colon }) => kind === 'box' || colon);
  return earlier.slice(start + 1);
}
