import { type App, canHold } from './app.ts';

/** Fields as the query of an address, in the character set in which the application's own forms send them. */
export function queryOf(app: Pick<App, 'charset'>, fields: Readonly<Record<string, string>>): string {
  const encode = app.charset === 'utf-8' ? (text: string) => encodeURIComponent(text.toWellFormed()) : inLatin1;
  return Object.entries(fields)
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .join('&');
}

/** What browsers put from 0x80 on, where they take ISO-8859-1 for windows-1252; a space where that has no sign. */
const UPPER_CONTROLS = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ';

/** As forms of such pages send it; what windows-1252 cannot hold is a numeric entity. */
function inLatin1(text: string): string {
  const bytes = [...text.toWellFormed()].map((sign) => {
    const place = sign === ' ' ? -1 : UPPER_CONTROLS.indexOf(sign);
    if (place >= 0) return String.fromCharCode(0x80 + place);
    return canHold({ charset: 'iso-8859-1' }, sign) ? sign : `&#${sign.codePointAt(0)};`;
  });
  return bytes.join('').replace(/[^A-Za-z0-9]/g, (sign) => `%${sign.charCodeAt(0).toString(16).padStart(2, '0')}`);
}
