import { expect, test } from 'vitest';
import { BOT, CLERK, openLedger, Visitor, VOUCHER } from './visitor.ts';

test('a page without a session says so with HTTP 200', async () => {
  const visitor = new Visitor(await openLedger());
  for (const path of ['frames.asp', 'menu.asp', 'voucher.asp', 'enq_vouchers.asp']) {
    expect(await visitor.get(path)).toContain('Session expired!');
    expect(visitor.status).toBe(200);
  }
  expect(await visitor.get('')).toContain('Log in');
});

test('a login opens the frameset; its first welcome page greets once', async () => {
  const clerk = new Visitor(await openLedger());
  await clerk.signIn();
  expect(clerk.status).toBe(302);
  expect(await clerk.get('frames.asp')).toContain('<frameset');
  expect(await clerk.get('welcome.asp')).toContain('alert(');
  expect(await clerk.get('welcome.asp')).not.toContain('alert(');
});

test('the second login of a user ends the first, and nobody else', async () => {
  const ledger = await openLedger();
  const [first, second, bot] = [new Visitor(ledger), new Visitor(ledger), new Visitor(ledger)];
  await first.signIn();
  await bot.signIn(BOT);
  await second.signIn();
  expect(await first.get('menu.asp')).toContain('Session expired!');
  expect(await second.get('menu.asp')).toContain('Vendor invoice');
  expect(await bot.get('menu.asp')).toContain('Vendor invoice');
  expect((await ledger.tell({ do: 'status' })).signedIn).toEqual(['bot', 'clerk']);
});

test('logging out ends the session', async () => {
  const clerk = new Visitor(await openLedger());
  await clerk.signIn();
  expect(await clerk.get('logout.asp')).toContain('Log in');
  expect(await clerk.get('menu.asp')).toContain('Session expired!');
});

test('three wrong passwords lock the account, the right one too, until it is opened', async () => {
  const ledger = await openLedger();
  const clerk = new Visitor(ledger);
  const wrong = { ...CLERK, password: 'wrong' };
  expect(await clerk.signIn(wrong)).toContain('Login failed!');
  await clerk.signIn();
  for (const says of ['Login failed!', 'Login failed!', 'Account locked!'])
    expect(await clerk.signIn(wrong)).toContain(says);
  expect(await clerk.signIn()).toContain('Account locked!');
  expect(await clerk.signIn({ user: 'nobody', password: 'x' })).toContain('Login failed!');
  expect((await ledger.tell({ do: 'status' })).locked).toEqual(['clerk']);
  expect((await ledger.tell({ do: 'unlock', user: 'clerk' })).locked).toEqual([]);
  await clerk.signIn();
  expect(clerk.status).toBe(302);
});

test('a session ends after its idle time; work keeps it alive', async () => {
  let now = 0;
  const clerk = new Visitor(await openLedger({ idleMinutes: 10, now: () => now }));
  await clerk.signIn();
  for (const minutes of [9, 18, 27]) {
    now = minutes * 60_000;
    expect(await clerk.get('menu.asp')).toContain('Vendor invoice');
  }
  now = 38 * 60_000;
  expect(await clerk.post('voucher.asp', VOUCHER)).toContain('Session expired!');
});

test('a deep link from nowhere is refused', async () => {
  const clerk = new Visitor(await openLedger());
  await clerk.signIn();
  expect(await clerk.get('voucher.asp', { referer: '' })).toContain('Invalid call!');
  expect(await clerk.get('voucher.asp', { referer: 'http://elsewhere.example/' })).toContain('Invalid call!');
  expect(await clerk.get('voucher.asp')).toContain('Vendor invoice');
});

test('a user with one-time codes gets past the password with one of them, once', async () => {
  let now = 59_000;
  const codeKey = Buffer.from('12345678901234567890').toString('hex');
  const ledger = await openLedger({ users: [{ ...CLERK, codeKey }], now: () => now });
  const clerk = new Visitor(ledger);
  expect(await clerk.signIn()).toContain('name="f4"');
  const withCode = (code: string) => clerk.post('login.asp', { f1: CLERK.user, f2: CLERK.password, f4: code });
  expect(await withCode('123456')).toContain('Login failed!');
  // As RFC 6238 gives it for this key and time.
  await withCode('287082');
  expect(clerk.status).toBe(302);
  expect(await clerk.get('frames.asp')).toContain('<frameset');
  expect(await withCode('287082')).toContain('Login failed!');
  now = 200_000;
  expect(await withCode('287082')).toContain('Login failed!');
});

test('a login sent by the address is handed on in it, as the form for it says', async () => {
  const clerk = new Visitor(await openLedger({ loginBy: 'get' }));
  expect(await clerk.get('')).toContain('<form action="login.asp" method="get"');
  await clerk.get('login.asp?f1=clerk&f2=paper&b1=Log+in');
  expect(clerk.status).toBe(302);
  expect(await clerk.get('frames.asp?f1=clerk&f2=paper&b1=Log+in')).toContain('<frameset');
});

test('told to intrude, it shows a tour behind the login until it is skipped, and a survey over its forms', async () => {
  const ledger = await openLedger();
  const clerk = new Visitor(ledger);
  await clerk.signIn();
  await ledger.tell({ do: 'intrude' });
  expect(await clerk.get('frames.asp')).toContain('href="frames.asp?skip=1"');
  expect(await clerk.get('frames.asp?skip=1')).toContain('<frameset');
  expect(await clerk.get('frames.asp')).toContain('<frameset');
  for (const form of ['voucher.asp', 'receipt.asp']) expect(await clerk.get(form)).toContain('id="survey"');
  expect(await clerk.get('enq_vouchers.asp')).not.toContain('id="survey"');
  await ledger.tell({ do: 'behave' });
  expect(await clerk.get('voucher.asp')).not.toContain('id="survey"');
});
