/** Letters of any script, digits and what print puts between them; not private use, replacement or control characters. */
const SENSIBLE = /[\p{L}\p{N}\p{P}\p{Sc}\p{Sm}\p{M}°©®™№|^`~¨¯´¸]/u;
const SENSIBLE_SHARE = 0.75;

/** Whether a text layer says what the page shows, as far as its characters tell: fonts without a map give garbage. */
export function isSensible(words: readonly string[]): boolean {
  let letters = 0;
  let sensible = 0;
  for (const word of words) {
    for (const letter of word) {
      letters++;
      if (SENSIBLE.test(letter)) sensible++;
    }
  }
  return sensible >= letters * SENSIBLE_SHARE;
}
