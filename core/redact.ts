const MASK = '[secret]';

/** An address: its scheme, and the rest up to where a sentence, a quote or a bracket ends it. */
const ADDRESS = /\b([a-z][a-z\d+.-]*:\/\/)([^\s"`<>{}|\\^]+)/gi;

/** `password=…` and the like, in an address without a host or in a form's body. */
const NAMED_SECRET =
  /(^|[\s?&;"'(])((?:[\w.-]*[_.-])?(?:pass(?:word|wd|phrase)?|pwd|pw|token|secret|session(?:_?id)?|jsessionid|sid|api_?key|auth))=(?!\[secret\])[^\s&;"'#)]+/gi;

/** Facts that nobody should log, whoever does. */
const SECRET_NAME = /^(password|passphrase|secret|token|totp|authorization|cookie)$/i;

/**
 * The text with what addresses carry in secret masked: the user and password before the host, and every value behind `?`,
 * `#` and `;`, because legacy applications put passwords and sessions there under any name.
 */
export function redactUrls(text: string): string {
  return text
    .replace(ADDRESS, (_, scheme: string, rest: string) => scheme + redactedRest(rest))
    .replace(NAMED_SECRET, (_, before: string, name: string) => `${before}${name}=${MASK}`);
}

function redactedRest(rest: string): string {
  const end = rest.search(/[?#]/);
  const place = end < 0 ? rest : rest.slice(0, end);
  const values = end < 0 ? '' : rest.slice(end);
  const at = place.lastIndexOf('@');
  const host = at < 0 ? place : `${MASK}@${place.slice(at + 1)}`;
  return (
    host.replace(/(;[^=;/]*)=[^;/]*/g, `$1=${MASK}`) + values.replace(/([?#&;])([^=&;#?]*)(=?)[^&;#?]*/g, redactedValue)
  );
}

/** A name stays where a value follows it; a word that stands alone may be the secret itself. */
function redactedValue(_: string, sign: string, name: string, equals: string): string {
  if (equals) return `${sign}${name}=${MASK}`;
  return name === '' ? sign : `${sign}${MASK}`;
}

/** The same in everything a log line carries, as deep as plain objects and lists go. */
export function redactedDeeply(value: unknown): unknown {
  if (typeof value === 'string') return redactUrls(value);
  if (Array.isArray(value)) return value.map(redactedDeeply);
  if (!isPlain(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, redactedFact(name, each)]));
}

function redactedFact(name: string, value: unknown): unknown {
  return typeof value === 'string' && SECRET_NAME.test(name) ? MASK : redactedDeeply(value);
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
