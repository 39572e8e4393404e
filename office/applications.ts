import { type AccessStore, type ApplicationRules, type Dispatch, InvalidInput, type Office } from '#core';

/** The part of an office that shows applications, holds accounts and lets them go. */
export function applicationsIn(
  access: AccessStore,
  dispatch: Pick<Dispatch, 'ticket'>,
  rules: readonly ApplicationRules[],
): Pick<Office, 'applications' | 'applicationEvents' | 'releaseAccount' | 'holdAccount' | 'lookAtApplication'> {
  const rulesOf = (name: string) => rules.find(({ application }) => application === name) ?? null;
  async function work(lanes: readonly string[]): Promise<void> {
    for (const lane of lanes) await dispatch.ticket(lane);
  }

  return {
    applications: async () =>
      (await access.applications()).map((state) => ({ ...state, rules: rulesOf(state.application) })),
    applicationEvents: (limit) => access.events(limit),
    async releaseAccount(application, account, person) {
      const lanes = await access.release(application, account, person);
      if (lanes === undefined) {
        throw new InvalidInput('not-held', 'application', `No such account of ${application} is held.`);
      }
      await work(lanes);
    },
    async holdAccount(application, account, person) {
      if (await access.takeOut(application, account, person)) return;
      throw new InvalidInput('unknown-account', 'account', `No bot has used such an account of ${application}.`);
    },
    async lookAtApplication(application, person) {
      const lanes = await access.lookNow(application, person);
      if (lanes === undefined) {
        throw new InvalidInput('not-parked', 'application', `${application} is not out of order.`);
      }
      if (lanes === 'nothing-waits') {
        const why = `No task waits for ${application}: the next one that needs it looks.`;
        throw new InvalidInput('nothing-waits', 'application', why);
      }
      await work(lanes);
    },
  };
}
