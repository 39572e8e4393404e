import type { Journal } from '#core';

export type Operation = Exclude<keyof Journal, 'task'>;

/** Where a worker dies: before an operation of the journal is carried out, or after it is and before anybody hears of it. */
export interface DeathPoint {
  readonly operation: Operation;
  /** The how-manyeth of its kind, from 1. */
  readonly nth?: number;
  readonly when: 'before' | 'after';
}

/** Told to nobody but the test: the worker is dead and does nothing any more. */
export interface Death {
  readonly died: Promise<void>;
  readonly die: () => Promise<never>;
}

export function death(): Death {
  const { promise, resolve } = Promise.withResolvers<void>();
  return {
    died: promise,
    die: () => {
      resolve();
      return new Promise<never>(() => {});
    },
  };
}

/** Works until the worker dies. True when it did, false when the work ended before. */
export function untilDeath({ died }: Death, work: Promise<unknown>): Promise<boolean> {
  return Promise.race([work.then(() => false), died.then(() => true)]);
}

/** The journal of a worker that dies at this point. */
export function mortal(own: Journal, { operation, nth = 1, when }: DeathPoint, { die }: Death): Journal {
  let calls = 0;
  return watched(own, async (name, carryOut) => {
    const isIt = name === operation && ++calls === nth;
    if (isIt && when === 'before') return die();
    const value = await carryOut();
    return isIt ? die() : value;
  });
}

/** The journal of a worker that dies at its operation of that number, whichever it is, from 1. */
export function mortalAt(own: Journal, nth: number, when: DeathPoint['when'], { die }: Death): Journal {
  let calls = 0;
  return watched(own, async (_, carryOut) => {
    const isIt = ++calls === nth;
    if (isIt && when === 'before') return die();
    const value = await carryOut();
    return isIt ? die() : value;
  });
}

/** The journal with something around each of its operations. */
function watched(own: Journal, around: <R>(name: Operation, carryOut: () => Promise<R>) => Promise<R>): Journal {
  return {
    task: own.task,
    recall: (step) => around('recall', () => own.recall(step)),
    remember: (step, kind, value) => around('remember', () => own.remember(step, kind, value)),
    checkLease: () => around('checkLease', () => own.checkLease()),
    ask: (question) => around('ask', () => own.ask(question)),
    answer: (step) => around('answer', () => own.answer(step)),
    useUp: (step, answer) => around('useUp', () => own.useUp(step, answer)),
    effect: (step) => around('effect', () => own.effect(step)),
    intend: (effect) => around('intend', () => own.intend(effect)),
    prove: (step, receipt) => around('prove', () => own.prove(step, receipt)),
    withdraw: (step, reason) => around('withdraw', () => own.withdraw(step, reason)),
    attach: (step, evidence) => around('attach', () => own.attach(step, evidence)),
  };
}
