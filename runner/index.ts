export { BusinessException, type Draft, known, knownRecord, type Reading, SystemException, Throttled } from '#core';
export { type Account, type App, type AppDefinition, canHold, defineApp, rulesOf } from './app.ts';
export { type Bot, type BotDefinition, type BotTask, defineBot } from './bot.ts';
export type { Session } from './browser/index.ts';
export { checkScreen, type Misfit } from './checkScreen.ts';
export { type Codec, date, decimal, money, optional, text } from './codec.ts';
export {
  beside,
  type Control,
  type ControlDefinition,
  coded,
  defineControl,
  implied,
  named,
  postingBack,
  shown,
} from './control.ts';
export type { EffectDefinition } from './effect.ts';
export { inputProblems, judgeAnswer } from './judge.ts';
export { type BotLine, botLines } from './line.ts';
export { defineLookup, type Look, type Lookup } from './lookup.ts';
export { referencesOf } from './once.ts';
export { type OutcomeRule, outcomes, type Submitted } from './outcomes.ts';
export { navigating, type Sign, shownBeside, showsAnywhere } from './page.ts';
export { paperReader, refusal } from './paperReader.ts';
export { queryOf } from './query.ts';
export {
  type AnyRecord,
  type Check,
  defineRecord,
  type RecordDefinition,
  type Rule,
  type Validated,
} from './record.ts';
export { type PaperReader, runTask, type Services } from './run.ts';
export { defineScreen, type Field, field, type LookUp, type Screen } from './screen.ts';
export { noSessions, openSessions, type Sessions } from './sessions.ts';
export { documentRef } from './task.ts';
export { listBox, paired, picked, richText, uploaded } from './widgets.ts';
