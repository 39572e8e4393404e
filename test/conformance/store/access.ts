import { expect, it } from 'vitest';
import type { OpenStore } from '#store';
import { BADLY, lentTo, parkApplication, passTime, someNeed, WELL } from '../../support/applications.ts';

const LOST = { code: 'account-lost', kind: 'session-lost' };

export function access(store: () => OpenStore): void {
  const there = () => store().access;
  const stateOf = async (application: string) =>
    (await there().applications()).find((state) => state.application === application);

  it('lends an account to one holder at a time', async () => {
    const need = someNeed();
    const wishes = Array.from({ length: 8 }, (_, n) => there().lend({ ...need, holder: `w${n}` }));
    const lent = (await Promise.all(wishes)).filter(({ state }) => state === 'lent');
    expect(lent).toHaveLength(1);
    expect(await stateOf(need.application)).toMatchObject({ state: 'open', accounts: [{ state: 'lent' }] });
  });

  it('lends as many sessions as the application allows, of every account', async () => {
    const need = someNeed({ accounts: ['a', 'b'], sessions: 2 });
    const lent = [];
    for (let n = 0; n < 4; n++) lent.push(await lentTo(there(), { ...need, holder: `w${n}` }));
    expect(lent.map(({ account, slot }) => `${account}${slot}`).sort()).toEqual(['a0', 'a1', 'b0', 'b1']);
    expect(await there().lend({ ...need, holder: 'w4' })).toEqual({ state: 'busy' });
    await there().giveBack(lent[2]!, WELL);
    expect(await lentTo(there(), { ...need, holder: 'w4' })).toMatchObject({ account: lent[2]!.account });
  });

  it('says whether the holder’s window may still be signed in', async () => {
    const need = someNeed();
    const use = async (holder: string) => {
      const loan = await lentTo(there(), { ...need, holder });
      await there().giveBack(loan, WELL);
      return loan;
    };
    const loans = [await use('w1'), await use('w1'), await use('w2'), await use('w1')];
    expect(loans.map(({ kept }) => kept)).toEqual([false, true, false, false]);
    expect(loans.map(({ token }) => token)).toEqual([1, 2, 3, 4]);
  });

  it('frees the account of a holder that fell silent, and refuses that one from then on', async () => {
    const need = someNeed();
    const silent = await lentTo(there(), need);
    await there().renew(silent, 30);
    await there().check(silent);
    await passTime(store(), need.application, 60);
    await expect(there().check(silent)).rejects.toMatchObject(LOST);
    const next = await lentTo(there(), { ...need, holder: 'w2' });
    expect(next.token).toBeGreaterThan(silent.token);
    const writes = [() => there().renew(silent, 30), () => there().check(silent), () => there().takeTurn(silent, 1)];
    for (const write of writes) await expect(write()).rejects.toMatchObject(LOST);
    expect(await there().giveBack(silent, BADLY)).toEqual({ lanes: [], parked: false });
    await there().check(next);
  });

  it('does not let a late renewal bring back what was given back', async () => {
    const need = someNeed();
    const loan = await lentTo(there(), need);
    await there().giveBack(loan, WELL);
    await expect(there().renew(loan, 30)).rejects.toMatchObject(LOST);
  });

  it('goes to who waits for it once its holder had it for a spell', async () => {
    const need = someNeed();
    const first = await lentTo(there(), need);
    expect(await there().lend({ ...need, holder: 'w2' })).toEqual({ state: 'busy' });
    await there().giveBack(first, WELL);
    const second = await lentTo(there(), need);
    await passTime(store(), need.application, 20);
    expect(await there().lend({ ...need, holder: 'w2' })).toEqual({ state: 'busy' });
    await there().giveBack(second, WELL);
    expect(await there().lend(need)).toEqual({ state: 'busy' });
    expect(await lentTo(there(), { ...need, holder: 'w2' })).toMatchObject({ kept: false });
  });

  it('is not kept for runs of its own holder, while another waits', async () => {
    const need = someNeed();
    const first = await lentTo(there(), need);
    expect(await there().lend(need)).toEqual({ state: 'busy' });
    expect(await there().lend({ ...need, holder: 'w2' })).toEqual({ state: 'busy' });
    await passTime(store(), need.application, 20);
    expect(await there().lend({ ...need, holder: 'w2' })).toEqual({ state: 'busy' });
    await there().giveBack(first, WELL);
    expect(await there().lend(need)).toEqual({ state: 'busy' });
    await lentTo(there(), { ...need, holder: 'w2' });
  });

  it('is not kept for who gave up waiting', async () => {
    const need = someNeed();
    const loan = await lentTo(there(), need);
    await there().lend({ ...need, holder: 'w2' });
    await there().giveBack(loan, WELL);
    await passTime(store(), need.application, 30);
    expect(await lentTo(there(), need)).toMatchObject({ kept: true });
  });

  it('lets an account submit at its pace, whoever has it', async () => {
    const need = someNeed({ sessions: 2 });
    const one = await lentTo(there(), need);
    const other = await lentTo(there(), { ...need, holder: 'w2' });
    const turns = await Promise.all([there().takeTurn(one, 60), there().takeTurn(other, 60)]);
    expect(turns.filter((left) => left === 0)).toHaveLength(1);
    expect(Math.max(...turns)).toBeGreaterThan(30);
    expect(await there().untilTurn(other, 60)).toBeGreaterThan(30);
    expect(await there().untilTurn(other, 0)).toBe(0);
    expect(await there().takeTurn(one, 0)).toBe(0);
    await passTime(store(), need.application, 20);
    expect(await there().takeTurn(one, 25)).toBeLessThan(10);
  });

  it('parks an application after three bad uses in a row, and says so once', async () => {
    const need = someNeed();
    const use = async (bearing: Parameters<OpenStore['access']['giveBack']>[1]) =>
      (await there().giveBack(await lentTo(there(), need), bearing)).parked;
    const uses = [BADLY, BADLY, WELL, BADLY, { bore: 'unclear' }, BADLY, BADLY] as const;
    const parked = [];
    for (const bearing of uses) parked.push(await use(bearing));
    expect(parked).toEqual([false, false, false, false, false, false, true]);
    expect(await there().lend(need)).toMatchObject({ state: 'parked' });
    expect(await stateOf(need.application)).toMatchObject({ state: 'parked', code: 'application-failed' });
    const told = (await there().events(1000)).filter(({ application }) => application === need.application);
    expect(told).toMatchObject([{ kind: 'application-parked', facts: { failures: 3 } }]);
  });

  it('is looked at ever later where looks find it well and work does not, until work has gone well', async () => {
    const need = someNeed();
    /** Seconds between its being parked and the next look, which finds it well. */
    const flap = async (work: Parameters<OpenStore['access']['giveBack']>[1]) => {
      await parkApplication(there(), need);
      const { since, until, look } = (await stateOf(need.application))!;
      await passTime(store(), need.application, 61);
      const probe = await lentTo(there(), need);
      await there().recovered(probe);
      await there().giveBack(probe, work);
      return [Math.round((Date.parse(until!) - Date.parse(since!)) / 1000), look?.inVain];
    };
    const flaps = [];
    for (const work of [{ bore: 'unclear' }, { bore: 'unclear' }, WELL, { bore: 'unclear' }] as const)
      flaps.push(await flap(work));
    expect(flaps).toEqual([
      [10, 0],
      [20, 1],
      [40, 2],
      [10, 0],
    ]);
  });

  it('lets one holder alone find out whether a parked application is well again', async () => {
    const need = someNeed({ accounts: ['a', 'b'] });
    await parkApplication(there(), need);
    await passTime(store(), need.application, 60);
    const wishes = Array.from({ length: 6 }, (_, n) => there().lend({ ...need, holder: `w${n}` }));
    const lent = (await Promise.all(wishes)).flatMap((lending) => (lending.state === 'lent' ? [lending.loan] : []));
    expect(lent).toMatchObject([{ probe: true }]);
    await there().giveBack(lent[0]!, BADLY);
    expect(await there().lend(need)).toMatchObject({ state: 'parked' });
  });

  it('lets another find out when the first one died over it', async () => {
    const need = someNeed();
    await parkApplication(there(), need);
    await passTime(store(), need.application, 15);
    await lentTo(there(), need);
    await passTime(store(), need.application, 15);
    expect(await there().lend({ ...need, holder: 'w2' })).toMatchObject({ state: 'parked' });
    await passTime(store(), need.application, 60);
    const probe = await lentTo(there(), { ...need, holder: 'w2' });
    expect(probe.probe).toBe(true);
    await there().recovered(probe);
    expect(await stateOf(need.application)).toMatchObject({ state: 'open', code: null });
    await there().giveBack(probe, BADLY);
    expect(await stateOf(need.application)).toMatchObject({ state: 'open' });
    expect((await lentTo(there(), need)).probe).toBe(false);
  });

  it('holds an account whose login was refused, with one alert, until a person lets it go', async () => {
    const need = someNeed({ sessions: 2 });
    const loans = [await lentTo(there(), need), await lentTo(there(), { ...need, holder: 'w2' })];
    const held = [];
    for (const loan of loans) {
      held.push(await there().hold(loan, 'sign-in-refused', 'print'));
      await there().giveBack(loan, { bore: 'unclear' });
    }
    expect(held).toEqual([true, false]);
    const lending = await there().lend(need);
    expect(lending).toMatchObject({ state: 'held', accounts: [{ account: 'main', fingerprint: 'print' }] });
    expect(await stateOf(need.application)).toMatchObject({
      ...{ state: 'held', code: 'sign-in-refused', until: null },
      accounts: [{ state: 'held', code: 'sign-in-refused' }],
    });
    expect(await there().release(need.application, 'other', 'ann')).toBeUndefined();
    expect(await there().release(need.application, 'main', 'ann')).toEqual([]);
    expect(await there().release(need.application, undefined, 'ann')).toBeUndefined();
    await lentTo(there(), need);
    const told = (await there().events(1000)).filter(({ application }) => application === need.application);
    expect(told.map(({ kind }) => kind)).toEqual(['account-released', 'account-held']);
    expect(told[0]).toMatchObject({ account: 'main', facts: { by: 'ann' } });
  });

  it('goes on with another account while one is held', async () => {
    const need = someNeed({ accounts: ['a', 'b'] });
    const loan = await lentTo(there(), need);
    await there().hold(loan, 'sign-in-refused', 'print');
    await there().giveBack(loan, { bore: 'unclear' });
    expect((await lentTo(there(), need)).account).not.toBe(loan.account);
    expect(await there().heldAccounts(need.application)).toMatchObject([{ account: loan.account }]);
    expect(await stateOf(need.application)).toMatchObject({ state: 'open' });
  });

  it('warns of a password’s end once a day', async () => {
    const need = someNeed();
    const loan = await lentTo(there(), need);
    const warned = [];
    for (const days of [90, 13.5, 13.5]) warned.push(await there().passwordExpires(loan, days));
    expect(warned).toEqual([false, true, false]);
    await passTime(store(), need.application, 86_400);
    expect(await there().passwordExpires(loan, 12)).toBe(true);
    const [account] = (await stateOf(need.application))!.accounts;
    const days = (Date.parse(account!.passwordExpiresAt!) - Date.parse(await there().now())) / 86_400_000;
    expect(days).toBeCloseTo(12, 1);
  });

  it('shows until when an application is closed', async () => {
    const { application } = someNeed();
    const until = new Date(Date.parse(await there().now()) + 3_600_000).toISOString();
    await there().closed(application, until);
    expect(await stateOf(application)).toMatchObject({ state: 'closed', code: 'outside-hours', until });
    await passTime(store(), application, 7200);
    expect(await stateOf(application)).toMatchObject({ state: 'open', until: null });
  });
}
