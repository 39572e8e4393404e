/** An IBAN from its country and account part, with the check digits of ISO 13616. */
export function ibanFor(country: string, account: string): string {
  const check = 98 - mod97(`${account}${country}00`);
  return `${country}${String(check).padStart(2, '0')}${account}`;
}

/** The IBAN with one digit of its account misprinted: its check digits no longer fit. */
export function misprintedIban(iban: string): string {
  const last = Number(iban.at(-1));
  return `${iban.slice(0, -1)}${(last + 1) % 10}`;
}

function mod97(text: string): number {
  const digits = text.replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55));
  let rest = 0;
  for (const digit of digits) rest = (rest * 10 + Number(digit)) % 97;
  return rest;
}

/** DE and nine digits, the last by ISO 7064 MOD 11,10. `eight` must not start with 0. */
export function germanVatId(eight: string): string {
  let product = 10;
  for (const digit of eight) {
    const sum = (Number(digit) + product) % 10 || 10;
    product = (2 * sum) % 11;
  }
  return `DE${eight}${(11 - product) % 10}`;
}

/** ATU and eight digits, the last by a Luhn sum moved by 4. */
export function austrianVatId(seven: string): string {
  let sum = 0;
  [...seven].forEach((digit, i) => {
    const weighted = Number(digit) * (i % 2 === 0 ? 1 : 2);
    sum += weighted > 9 ? weighted - 9 : weighted;
  });
  return `ATU${seven}${(10 - ((sum + 4) % 10)) % 10}`;
}

/** GB and nine digits, the last two complete a weighted sum to a multiple of 97. */
export function britishVatId(seven: string): string {
  const check = (97 - (weighted(seven, 8) % 97)) % 97;
  return `GB${seven}${String(check).padStart(2, '0')}`;
}

/** IE, seven digits and a check letter of modulus 23. */
export function irishVatId(seven: string): string {
  const rest = weighted(seven, 8) % 23;
  return `IE${seven}${rest === 0 ? 'W' : String.fromCharCode(64 + rest)}`;
}

/** NL, nine digits by the eleven test, B01. Some eight digits have no check digit: the next ones then stand in. */
export function dutchVatId(eight: string): string {
  const rest = weighted(eight, 9) % 11;
  if (rest === 10) return dutchVatId(String(Number(eight) + 1).padStart(8, '0'));
  return `NL${eight}${rest}B01`;
}

/** Digits times falling weights, from `first` down. */
function weighted(digits: string, first: number): number {
  return [...digits].reduce((sum, digit, i) => sum + Number(digit) * (first - i), 0);
}
