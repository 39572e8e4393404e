import { type BotCard, Defect } from '#core';
import type { Bot } from './bot.ts';

/** One bot in all the versions that are here: the newest takes new tasks, the others end what they began. */
export interface BotLine {
  /** The newest version's; it takes the tasks of all of them, and says whose code each is run by. */
  readonly card: BotCard;
  readonly newest: Bot;
  /** Whose code goes on with a task that began with this version; the newest's for one that has not begun. */
  of(version: string | null): Bot;
}

/** Gathers bots by name. Of several versions of one the first takes new tasks. */
export function botLines(bots: readonly Bot[]): readonly BotLine[] {
  const newest = bots.filter((bot, place) => place === bots.findIndex(({ card }) => card.name === bot.card.name));
  return newest.map((bot) =>
    lineOf(
      bot,
      bots.filter(({ card }) => card.name === bot.card.name),
    ),
  );
}

function lineOf(newest: Bot, versions: readonly Bot[]): BotLine {
  const byVersion = new Map<string, Bot>();
  for (const bot of versions) {
    const { name, version } = bot.card;
    if (byVersion.has(version)) {
      throw new Defect('same-version', `The bot ${name} is listed twice in version ${version}: raise the newer one's.`);
    }
    byVersion.set(version, bot);
  }
  // A version's own code goes before code that says it can go on with it.
  for (const bot of versions) {
    for (const older of bot.card.runs ?? []) if (!byVersion.has(older)) byVersion.set(older, bot);
  }
  const runs = [...byVersion.keys()].filter((version) => version !== newest.card.version);
  return {
    card: runs.length > 0 ? { ...newest.card, runs, runBy: runBy(runs, byVersion) } : newest.card,
    newest,
    of: (version) => (version === null ? undefined : byVersion.get(version)) ?? newest,
  };
}

function runBy(versions: readonly string[], byVersion: ReadonlyMap<string, Bot>): Readonly<Record<string, string>> {
  return Object.fromEntries(versions.map((version) => [version, byVersion.get(version)?.card.version ?? version]));
}
