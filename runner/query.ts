import { type App, canHold } from './app.ts';

/** Fields as the query of an address, in the character set in which the application's own forms send them. */
export function queryOf(app: Pick<App, 'charset'>, fields: Readonly<Record<string, string>>): string {
  const encode = app.charset === 'utf-8' ? encodeURIComponent : inLatin1;
  return Object.entries(fields)
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .join('&');
}

/** What ISO-8859-1 cannot hold is sent as forms of such pages send it: as a numeric entity. */
function inLatin1(text: string): string {
  const bytes = [...text].map((sign) =>
    canHold({ charset: 'iso-8859-1' }, sign) ? sign : `&#${sign.codePointAt(0)};`,
  );
  return bytes.join('').replace(/[^A-Za-z0-9]/g, (sign) => `%${sign.charCodeAt(0).toString(16).padStart(2, '0')}`);
}
