import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type LedgerOptions, type LedgerVendor, type RunningLedger, startLedger } from '../../../demo/ledger/index.ts';

export const CLERK = { user: 'clerk', password: 'paper' };
export const BOT = { user: 'bot', password: 'robot' };

export const VENDORS: readonly LedgerVendor[] = Array.from({ length: 23 }, (_, i) => ({
  code: `V${1001 + i}`,
  name: i === 3 ? `O'Hara & "Sons" <Ltd>` : `Vendor ${String.fromCharCode(65 + i)} Müller GmbH`,
  street: 'Hauptstraße 1',
  city: i === 4 ? 'Łódź' : 'Köln',
  vatId: `DE${100000000 + i}`,
  iban: 'DE89370400440532013000',
  currency: i === 5 ? 'RON' : 'EUR',
  termsDays: i === 1 ? 14 : 30,
}));

export function ledgerFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ledger-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return join(folder, 'ledger.jsonl');
}

export async function openLedger(
  options: Partial<LedgerOptions> & { readonly now?: () => number } = {},
): Promise<RunningLedger & { readonly file: string }> {
  const file = options.file ?? ledgerFile();
  const ledger = await startLedger({ file, vendors: VENDORS, users: [CLERK, BOT], ...options });
  onTestFinished(() => ledger.stop());
  return { ...ledger, file };
}

type Fields = Readonly<Record<string, string>>;

/** The application as seen by HTTP: keeps the cookie, sends a referer and encodes as a browser does on a Latin-1 page. */
export class Visitor {
  readonly url: string;
  cookie = '';
  status = 0;

  constructor({ url }: { readonly url: string }) {
    this.url = url;
  }

  async signIn({ user, password } = CLERK): Promise<string> {
    return this.post('login.asp', { f1: user, f2: password });
  }

  get(path: string, { referer = `${this.url}menu.asp`, signal }: { referer?: string; signal?: AbortSignal } = {}) {
    return this.request(path, { headers: { referer, cookie: this.cookie }, ...(signal && { signal }) });
  }

  post(path: string, fields: Fields, signal?: AbortSignal): Promise<string> {
    const body = Object.entries(fields)
      .map(([name, value]) => `${name}=${encode(value)}`)
      .join('&');
    const headers = {
      referer: `${this.url}${path}`,
      cookie: this.cookie,
      'content-type': 'application/x-www-form-urlencoded',
    };
    return this.request(path, { method: 'POST', body, headers, ...(signal && { signal }) });
  }

  private async request(path: string, init: RequestInit): Promise<string> {
    const response = await fetch(this.url + path, { ...init, redirect: 'manual' });
    const cookie = response.headers.get('set-cookie')?.split(';')[0];
    if (cookie) this.cookie = cookie;
    this.status = response.status;
    return Buffer.from(await response.arrayBuffer()).toString('latin1');
  }
}

const WINDOWS_1252: Record<string, string> = { '€': '%80', '“': '%93', '”': '%94', '–': '%96' };

function encode(text: string): string {
  return Array.from(text, (sign) => {
    const code = sign.codePointAt(0)!;
    if (code <= 255) return `%${code.toString(16).padStart(2, '0')}`;
    return WINDOWS_1252[sign] ?? encodeURIComponent(`&#${code};`);
  }).join('');
}

/** A voucher form as the page would send it with Post pressed. */
export const VOUCHER: Fields = {
  f0: 'V1001',
  f1: 'V1001',
  f3: 'R-1',
  f4: '05.03.2003',
  f5: '04.04.2003',
  f6: 'EUR',
  f7: '1.000,00',
  f8: '190,00',
  f9: '1.190,00',
  f10: 'Order 77',
  b1: 'Post',
};

export const RECEIPT: Fields = {
  f1: 'V1002',
  f3: 'LS-9',
  f4: '06.03.2003',
  f5: 'PO-12',
  f6: '3',
  f7: '1.250,5',
  b1: 'Post',
};

/** The values of all fields of a page by name, as a browser would read them. */
export function fieldsOf(markup: string): Record<string, string> {
  const inputs = [...markup.matchAll(/<input type="(?:text|hidden)" name="(\w+)" value="([^"]*)"/g)];
  const selected = [...markup.matchAll(/<select name="(\w+)">.*?<option selected>([^<]*)/gs)];
  return Object.fromEntries([...inputs, ...selected].map(([, name, value]) => [name, value]));
}
