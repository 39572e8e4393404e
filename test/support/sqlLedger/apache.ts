import { execFileSync, spawn } from 'node:child_process';
import { accessSync, chownSync, constants, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, type Server, stop, untilAnswers } from '../redisServer.ts';

/** Where Debian's package has put the application. */
const APPLICATION = '/usr/share/sql-ledger';

const MODULES = '/usr/lib/apache2/modules';

export interface WebServer extends Server {
  /** The same behind a certificate of its own making and a basic login. */
  readonly guardedUrl: string;
}

/** An Apache of one's own on the loopback, whose Perl programs read their settings and keep their files in `folder`. */
export async function startApache(
  folder: string,
  gate: Readonly<Record<'user' | 'password', string>>,
): Promise<WebServer> {
  const [port, guardedPort] = [await freePort(), await freePort()];
  makeCertificate(folder);
  const hash = execFileSync('openssl', ['passwd', '-apr1', gate.password], { encoding: 'utf8' });
  writeFileSync(join(folder, 'gate'), `${gate.user}:${hash}`);
  writeFileSync(join(folder, 'httpd.conf'), settings(folder, port, guardedPort));
  // A process group of its own: on its way out it sends SIGTERM to all of its group, which would be the test run's.
  const server = spawn('/usr/sbin/apache2', ['-f', join(folder, 'httpd.conf'), '-DFOREGROUND'], {
    detached: true,
    stdio: 'ignore',
  });
  process.once('exit', () => server.kill('SIGTERM'));
  const url = `http://127.0.0.1:${port}/sql-ledger`;
  await untilAnswers(server, 'Apache', async () => {
    const { ok } = await fetch(`${url}/login.pl`);
    if (!ok) throw new Error('It answers with an error.');
  });
  const guardedUrl = `https://127.0.0.1:${guardedPort}/sql-ledger`;
  return { url, guardedUrl, stop: () => stop(server, 'SIGTERM') };
}

function makeCertificate(folder: string): void {
  const files = ['-keyout', join(folder, 'key.pem'), '-out', join(folder, 'certificate.pem')];
  const request = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=accounts.example'];
  execFileSync('openssl', [...request, ...files], { stdio: 'ignore' });
}

/** Lets the web server's own user keep its files there, when it runs as another one than ours. */
export function giveToWebServer(...paths: readonly string[]): void {
  if (process.getuid?.() !== 0) return;
  const id = (flag: string) => Number(execFileSync('id', [flag, 'www-data'], { encoding: 'utf8' }));
  const [user, group] = [id('-u'), id('-g')];
  for (const path of paths) chownSync(path, user, group);
}

export function isInstalled(): boolean {
  return [join(APPLICATION, 'ap.pl'), '/usr/sbin/apache2', join(MODULES, 'mod_cgi.so')].every((file) => {
    try {
      accessSync(file, constants.R_OK);
      return true;
    } catch {
      return false;
    }
  });
}

function settings(folder: string, port: number, guardedPort: number): string {
  const modules = [
    ...['mpm_prefork', 'authz_core', 'authz_user', 'authn_core', 'authn_file', 'auth_basic'],
    ...['alias', 'mime', 'dir', 'env', 'cgi', 'ssl'],
  ];
  return `
ServerRoot ${folder}
ServerName accounts.example
PidFile ${join(folder, 'httpd.pid')}
DefaultRuntimeDir ${folder}
ErrorLog ${join(folder, 'error.log')}
Listen 127.0.0.1:${port}
Listen 127.0.0.1:${guardedPort}
${process.getuid?.() === 0 ? 'User www-data\nGroup www-data' : ''}
${modules.map((name) => `LoadModule ${name}_module ${join(MODULES, `mod_${name}.so`)}`).join('\n')}
TypesConfig /etc/mime.types
StartServers 2
MinSpareServers 1
MaxSpareServers 3
MaxRequestWorkers 16
DocumentRoot ${folder}
# The programs look for their settings here before they look beside themselves.
SetEnv PERL5LIB ${folder}
Alias /sql-ledger/ ${APPLICATION}/
<Directory />
  Require all denied
</Directory>
<Directory ${APPLICATION}>
  AddHandler cgi-script .pl
  Options ExecCGI FollowSymLinks
  Require all granted
</Directory>
<VirtualHost 127.0.0.1:${guardedPort}>
  SSLEngine on
  SSLCertificateFile ${join(folder, 'certificate.pem')}
  SSLCertificateKeyFile ${join(folder, 'key.pem')}
  <Location />
    AuthType Basic
    AuthName "accounts"
    AuthUserFile ${join(folder, 'gate')}
    Require valid-user
  </Location>
</VirtualHost>
`;
}
