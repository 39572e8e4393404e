import { type LabelOrigin, reliabilityOf, settingFor, TRUST_CLASSES } from '#extractors';
import type { Fitted, Judgement } from './fit.ts';

const BUDGETS = [1, 2, 5, 10, 20, 50, 100];
const ORIGINS: readonly LabelOrigin[] = ['public', 'demo'];

/** How well unseen papers are ranked, and what each budget would let through. */
export function report({ judgements, calibration }: Fitted): void {
  const sets = [...Map.groupBy(judgements, ({ label }) => `${label.set}${label.absent ? ' absent' : ''}`)];
  console.table(sets.map(([set, each]) => ({ set, ...ranking(each) })));
  const kinds = [...Map.groupBy(judgements.filter(isPublicValue), ({ label }) => label.kind)];
  console.table(kinds.map(([kind, each]) => ({ kind, ...ranking(each) })));
  console.table(
    reliabilityOf(judgements.filter(isPublicValue).map(({ label, trust }) => ({ trust, right: label.right }))),
  );
  const settings = ORIGINS.flatMap((origin) =>
    TRUST_CLASSES.flatMap((of) =>
      BUDGETS.map((budget) => {
        const { designEffect } = calibration.labels[origin][of];
        return { origin, of, ...settingFor(calibration.labels[origin][of], budget), designEffect };
      }),
    ),
  );
  console.table(settings.filter(({ labels }) => labels > 0));
}

function isPublicValue({ label }: Judgement): boolean {
  return label.origin === 'public' && !label.absent;
}

/** `area`: the chance that a right value is surer than a wrong one. `clean`: the share surer than the surest wrong one. */
function ranking(judgements: readonly Judgement[]) {
  const wrong = judgements.filter(({ label }) => !label.right).map(({ trust }) => trust);
  const right = judgements.filter(({ label }) => label.right).map(({ trust }) => trust);
  const surest = Math.max(0, ...wrong);
  const beaten = right.reduce(
    (sum, trust) => sum + wrong.reduce((won, other) => won + (trust > other ? 1 : trust === other ? 0.5 : 0), 0),
    0,
  );
  return {
    labels: judgements.length,
    right: right.length,
    area: wrong.length * right.length === 0 ? null : Math.round((1000 * beaten) / (wrong.length * right.length)) / 1000,
    clean: Math.round((100 * right.filter((trust) => trust > surest).length) / judgements.length) / 100,
  };
}
