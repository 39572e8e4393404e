import { z } from 'zod';
import {
  type Bot,
  type BotTask,
  decimal,
  defineBot,
  defineLookup,
  defineScreen,
  type Field,
  field,
  knownRecord,
  type Lookup,
  named,
  type Screen,
  type Session,
} from '#runner';
import { ledger, voucher, voucherSchema, voucherScreen } from '../../bots/apps/ledger/index.ts';
import type { Without } from '../fault.ts';
import type { Written } from '../history.ts';
import { askPostOffice, tellPostOffice } from '../postOffice.ts';
import type { Stray } from './orders.ts';

/**
 * What a task does: `voucher` keys one through a browser, `visit` looks in there and changes nothing, `stray` asks somebody
 * else from there, `letter` posts one without, `asked` does so when a person says yes, `nothing` only ends.
 */
const WORK = ['voucher', 'visit', 'stray', 'asked', 'letter', 'nothing'] as const;
export type Work = (typeof WORK)[number];

export type Voucher = z.infer<typeof voucherSchema>;

const input = z.object({ work: z.enum(WORK), voucher: voucherSchema });

export const BOT = 'keyer';

/** Both applications write while they are asked: what is not there so long after an intent is not written. */
const HASTY = { settlingSeconds: 1, patienceSeconds: 8 };
const HASTY_POST = { settlingSeconds: 1, patienceSeconds: 4 };

const app = { ...ledger, ...HASTY };

const visit = defineLookup({
  app,
  name: 'visit',
  find: async (session, _: null) => session.goto('/welcome.asp', await session.frame('main')),
});

/** Asks for the address from within the application's window; without its list, that host is one of the application's. */
export function strayTo({ how, url }: Stray, without: Without | undefined): Lookup<null, void> {
  const hosts = without === 'allow-list' ? [new URL(url).host] : [];
  const ways: Readonly<Record<Stray['how'], (page: Session['page']) => Promise<unknown>>> = {
    'a page it opens': (page) => page.goto(url),
    'a request of a page': (page) => page.evaluate((to) => fetch(to, { mode: 'no-cors' }), url),
  };
  // Refused it rejects, which is no matter of the task's.
  const find = async ({ page }: Session) => void (await ways[how](page).catch(() => undefined));
  return defineLookup({ app: { ...app, hosts }, name: 'stray', find });
}

export const screen = defineScreen({ ...voucherScreen, app });
/** Finds nothing, whatever is there. */
const blindScreen = defineScreen({ ...screen, lookUp: async () => ({ state: 'absent' }) });
/** Takes for stored what it typed, wherever the names of the fields led it. */
const credulousScreen = defineScreen({ ...uncounted(screen), fields: credulous(byNameAlone(screen.fields)) });

/** The screen of a worker that goes without that part. */
export function screenOf(without: Without | undefined): Screen<Voucher> {
  if (without === 'look-up') return blindScreen;
  return without === 'comparison' ? credulousScreen : screen;
}

function uncounted({ inputs: _, ...rest }: typeof screen): Omit<typeof screen, 'inputs'> {
  return rest;
}

function byNameAlone(fields: typeof screen.fields): typeof screen.fields {
  const amount = (name: string) => field(decimal(','), named(name), name);
  return { ...fields, net_total: amount('f7'), tax_total: amount('f8') };
}

function credulous(fields: typeof screen.fields): typeof screen.fields {
  const typed = new Map<string | symbol, unknown>();
  return new Proxy(fields, {
    get(target, name) {
      const own: Field<unknown> = Reflect.get(target, name);
      const type: typeof own.type = (form, value) => {
        typed.set(name, value);
        return own.type(form, value);
      };
      return { ...own, type, onForm: async () => typed.get(name), onRecord: async () => typed.get(name) };
    },
  });
}

/** How letters are posted and looked for. */
export interface Mail {
  lookUp(key: string, signal: AbortSignal): Promise<readonly Written[]>;
  post(letter: Written, signal: AbortSignal): Promise<void>;
}

/** Without its look-up it finds nothing, whatever is there. */
export function mailTo(url: string, without: Without | undefined): Mail {
  return {
    lookUp: async (key, signal) => (without === 'look-up' ? [] : askPostOffice(url, key, signal)),
    post: (letter, signal) => tellPostOffice(url, letter, signal),
  };
}

/** What the application must hold of a task; null for one that writes nothing. */
export function writtenFor(work: Work, voucher: Voucher): Written | null {
  const { vendor, invoice_number } = voucher;
  if (work === 'nothing' || work === 'visit' || work === 'stray') return null;
  return { key: `${work === 'voucher' ? '' : 'letter '}${vendor} ${invoice_number}`, values: voucher };
}

/** The bot all faults work with. Each version goes on with the tasks of those before it. */
export function keyer(version: '1' | '2', keying: Screen<Voucher>, mail: Mail, stray?: Lookup<null, void>): Bot {
  return defineBot({
    name: BOT,
    version,
    ...(version === '2' && { runs: ['1'] }),
    input,
    output: z.object({ reference: z.string().nullable() }),
    goal: { within: '1h', skill: 'test' },
    records: [voucher],
    async run(task) {
      const { work } = task.input;
      if (work === 'nothing') return { reference: null };
      if (work === 'visit' || work === 'stray') {
        await task.look(stray ?? visit, null);
        return { reference: null };
      }
      if (work === 'asked' && !(await task.ask('Shall it be posted?', z.object({ yes: z.boolean() }))).yes)
        return { reference: null };
      if (work !== 'voucher') return { reference: await post(task, mail) };
      const checked = await task.validate(voucher, knownRecord(task.input.voucher));
      const { reference } = await task.rekey(keying, checked);
      return { reference };
    },
  });
}

async function post(task: BotTask<z.infer<typeof input>>, mail: Mail): Promise<string> {
  const letter = writtenFor('letter', task.input.voucher)!;
  const { reference } = await task.effect('letter', {
    ...HASTY_POST,
    application: 'post-office',
    key: letter.key,
    record: letter.values,
    lookUp: async (signal) => {
      const found = await mail.lookUp(letter.key, signal);
      const [first] = found;
      if (!first) return { state: 'absent' };
      if (found.length > 1) return { state: 'several', references: found.map(({ key }) => key) };
      return { state: 'there', reference: first.key, shows: first.values };
    },
    act: (signal) => mail.post(letter, signal),
  });
  return reference;
}
