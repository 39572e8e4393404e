import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Frame, Locator } from 'playwright-core';
import { type Carried, carryOut } from './inPage.ts';

/** Where something stands on a page, as data: the page is asked for many such in one message. */
export interface Place {
  /** Only in the cell right of the cell with this caption; anywhere where absent. */
  readonly caption?: string | undefined;
  /** What is meant there, as a CSS selector; the cell itself where absent. */
  readonly css?: string | undefined;
}

export function locate(frame: Frame, { caption, css }: Place): Locator {
  const there = caption === undefined ? undefined : frame.locator(`xpath=${cellRightOf(caption)}`);
  if (css === undefined) return there ?? frame.locator(':root');
  return (there ?? frame).locator(css);
}

/** What stands at a place now; nothing where the page could not be asked. What is asked for in one turn is asked for together. */
export async function textsAt(frame: Frame, place: Place): Promise<readonly string[]> {
  const round = rounds.get(frame) ?? beginRound(frame);
  const at = round.places.push(place) - 1;
  return (await round.answers)[at]?.texts ?? [];
}

/** Enters the text in one message; false where it was not entered, since what stands there is no one plain entry that is ready. */
export async function enterAt(frame: Frame, { caption, css }: Place, text: string): Promise<boolean> {
  const order = { xpath: caption === undefined ? undefined : cellRightOf(caption), css, enter: text };
  const [done] = await ask(frame, [order]);
  return done?.entered ?? false;
}

interface Round {
  readonly places: Place[];
  readonly answers: Promise<readonly Carried[]>;
}

const rounds = new WeakMap<Frame, Round>();

function beginRound(frame: Frame): Round {
  const places: Place[] = [];
  const answers = nextTurn().then(() => {
    rounds.delete(frame);
    return ask(
      frame,
      places.map(({ caption, css }) => ({ xpath: caption === undefined ? undefined : cellRightOf(caption), css })),
    );
  });
  const round = { places, answers };
  rounds.set(frame, round);
  return round;
}

/** A page on its way elsewhere answers nothing; whoever waits for what it lacks finds out what became of it. */
function ask(frame: Frame, orders: Parameters<typeof carryOut>[0]): Promise<readonly Carried[]> {
  return frame.evaluate(carryOut, orders).catch(() => []);
}

function cellRightOf(caption: string): string {
  const captioned = `normalize-space(translate(., "\u00a0", " "))=${quoted(caption)} and not(.//td)`;
  return `//*[self::td or self::th][${captioned}]/following-sibling::*[self::td or self::th][1]`;
}

/** As a selector takes it. */
export const quoted = (text: string) => JSON.stringify(text);
