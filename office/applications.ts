import { type AccessStore, type Dispatch, InvalidInput, type Office } from '#core';

/** The part of an office that shows applications and lets held accounts go. */
export function applicationsIn(
  access: AccessStore,
  dispatch: Pick<Dispatch, 'ticket'>,
): Pick<Office, 'applications' | 'applicationEvents' | 'releaseAccount'> {
  return {
    applications: () => access.applications(),
    applicationEvents: (limit) => access.events(limit),
    async releaseAccount(application, account, person) {
      const lanes = await access.release(application, account, person);
      if (lanes === undefined) {
        throw new InvalidInput('not-held', 'application', `No such account of ${application} is held.`);
      }
      for (const lane of lanes) await dispatch.ticket(lane);
    },
  };
}
