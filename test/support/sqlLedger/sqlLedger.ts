import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { giveToWebServer, isInstalled, startApache } from './apache.ts';

/** The one account that a fresh data set has. */
export const ADMIN_PASSWORD = 'correct-horse-7';

export interface Supplier {
  readonly number: string;
  readonly name: string;
  readonly termsDays: number;
}

export interface SqlLedgerOptions {
  /** A PostgreSQL in which a database may be created, on the loopback, where no password is asked. */
  readonly postgresUrl: string;
  readonly suppliers: readonly Supplier[];
}

export interface SqlLedger {
  readonly url: string;
  /** The same behind a certificate of its own making, where the web server asks for the same login. */
  readonly guardedUrl: string;
  readonly user: string;
  /** From the next login on, lists longer than this come as text inputs. */
  listsUpTo(entries: number): void;
  /** Reads its tables past it. */
  rows<Row extends pg.QueryResultRow>(sql: string, values?: readonly unknown[]): Promise<Row[]>;
  stop(): Promise<void>;
}

/** SQL-Ledger of Debian's package, with its own web server, database, settings and files: nothing of the machine's is touched. */
export async function startSqlLedger(options: SqlLedgerOptions): Promise<SqlLedger> {
  install();
  const folder = settle(mkdtempSync(join(tmpdir(), 'sql-ledger-')));
  const dataset = `books_${randomBytes(6).toString('hex')}`;
  const user = `admin@${dataset}`;
  const web = await startApache(folder, { user, password: ADMIN_PASSWORD });
  const pool = await emptyDatabase(options.postgresUrl, dataset);
  await fillDataset(web.url, dataset, options);
  await addSuppliers(pool, options.suppliers);
  return {
    url: web.url,
    guardedUrl: web.guardedUrl,
    user,
    listsUpTo(entries) {
      const members = join(folder, 'users', 'members');
      writeFileSync(members, readFileSync(members, 'latin1').replace(/^vclimit=.*$/m, `vclimit=${entries}`), 'latin1');
    },
    rows: async (sql, values = []) => (await pool.query(sql, [...values])).rows,
    async stop() {
      await pool.end();
      await web.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Installs the package where that is possible, and says else what to install: a test that needs it is never left out. */
function install(): void {
  if (isInstalled()) return;
  const packages = ['sql-ledger', 'apache2', 'libdbd-pg-perl', 'openssl'];
  try {
    execFileSync('apt-get', ['install', '-y', '--no-install-recommends', ...packages], {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      stdio: 'ignore',
    });
  } catch {
    // Said below.
  }
  if (!isInstalled()) {
    throw new Error(
      `SQL-Ledger could not be had: install ${packages.join(', ')} (Debian's names) and run the test again.`,
    );
  }
}

/** Settings and files as the package would have them below /etc and /var. */
function settle(folder: string): string {
  chmodSync(folder, 0o755);
  const folders = ['users', 'templates', 'spool'].map((name) => join(folder, name));
  for (const each of folders) mkdirSync(each);
  const members = join(folder, 'users', 'members');
  writeFileSync(members, '');
  giveToWebServer(...folders, members);
  const [users, templates, spool] = folders;
  writeFileSync(
    join(folder, 'sql-ledger.conf'),
    `$userspath = "${users}"; $memberfile = "${members}"; $templates = "${templates}"; $spool = "${spool}";
$sendmail = ""; $images = "images"; $language = ""; $charset = "UTF8"; $latex = 0;
1;
`,
  );
  return folder;
}

/** In ISO-8859-1, as most that are in use were made; the server's template has another encoding, so the program could not make it. */
async function emptyDatabase(server: string, name: string): Promise<pg.Pool> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(`create database ${name} template template0 encoding 'LATIN1' locale 'C'`);
  } finally {
    await client.end();
  }
  const url = new URL(server);
  url.pathname = name;
  return new pg.Pool({ connectionString: url.href, max: 2 });
}

/** Makes the company as its administrator would, through the application's own pages. */
async function fillDataset(url: string, dataset: string, { postgresUrl }: SqlLedgerOptions): Promise<void> {
  const { hostname, port, username } = new URL(postgresUrl);
  const form = {
    ...{ path: 'bin/mozilla', action: 'Continue', nextsub: 'dbcreate' },
    ...{ dbdriver: 'Pg', dbhost: hostname, dbport: port, dbuser: username, dbdefault: 'template1' },
    ...{ db: dataset, company: 'Harbour Street Traders', name: 'Administrator', adminpassword: ADMIN_PASSWORD },
    ...{ mastertemplates: 'Default', chart: 'Default', encoding: 'LATIN1' },
  };
  const answer = await ask(`${url}/admin.pl`, form);
  if (!answer.includes(dataset)) throw new Error('SQL-Ledger did not create its data set.');
  // The first login brings the tables up to the program's version.
  await ask(`${url}/login.pl`, {
    login: `admin@${dataset}`,
    password: ADMIN_PASSWORD,
    path: 'bin/mozilla',
    action: 'login',
  });
}

async function ask(url: string, form: Readonly<Record<string, string>>): Promise<string> {
  // It speaks HTML to whoever names a browser.
  const headers = { 'User-Agent': 'Mozilla/5.0' };
  return (await fetch(url, { method: 'POST', body: new URLSearchParams(form), headers })).text();
}

async function addSuppliers(pool: pg.Pool, suppliers: readonly Supplier[]): Promise<void> {
  for (const { number, name, termsDays } of suppliers) {
    const vendor = await pool.query<{ id: number }>(
      "insert into vendor (vendornumber, name, terms, curr, startdate) values ($1, $2, $3, 'USD', '2000-01-01') returning id",
      [number, name, termsDays],
    );
    // Its reports leave out whoever has no address, and all that was posted for them.
    await pool.query("insert into address (trans_id, city) values ($1, 'Hamburg')", [vendor.rows[0]?.id]);
  }
}
