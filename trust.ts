import type { Config } from '#config';
import { type Office, type Store, sha256 } from '#core';
import { type Gate, type OwnLayer, openGate, ownLayerOf, trustReport } from '#extractors';
import type { Services } from '#runner';

export type LearningGate = Pick<Services, 'accepts' | 'sampled'> &
  Pick<Office, 'trust' | 'recalibrate' | 'takeBackTrust'>;

/** The gate of this installation: what ships, and over it what people's answers taught. Learnt anew, it counts at once here, elsewhere from the next start. */
export async function learningGate(
  { wrongPerThousand, labels, auditShare }: Pick<Config, 'wrongPerThousand' | 'labels' | 'auditShare'>,
  store: Pick<Store, 'trust'>,
): Promise<LearningGate> {
  const opened = async (): Promise<Gate> => {
    const layer = await store.trust.layer();
    return openGate({ wrongPerThousand, labels, own: layer && (layer.body as OwnLayer) });
  };
  const trust = async (budget = wrongPerThousand) =>
    trustReport({ wrongPerThousand: budget, labels }, await store.trust.labels(), await store.trust.layer());
  let gate = await opened();
  return {
    accepts: (reading) => gate.accepts(reading),
    sampled: (task, draft) => {
      const readings = Object.values(draft);
      if (readings.some((reading) => gate.isLearning(reading))) return 'learning';
      return readings.some(({ group }) => group !== undefined) && isPicked(task, auditShare) ? 'audit' : undefined;
    },
    trust,
    recalibrate: async () => {
      await store.trust.addLayer(ownLayerOf(await store.trust.labels()));
      gate = await opened();
      return trust();
    },
    takeBackTrust: async () => {
      await store.trust.takeBack();
      gate = await opened();
      return trust();
    },
  };
}

/** By the task's name alone, so that a run that is resumed picks as the one before it did. */
function isPicked(task: string, share: number): boolean {
  return Number.parseInt(sha256(task).slice(0, 8), 16) / 2 ** 32 < share;
}
