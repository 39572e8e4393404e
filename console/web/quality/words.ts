import type { TrustSetting } from '#core';

export const MEDIUM_WORDS: Readonly<Record<TrustSetting['medium'], string>> = { text: 'Text layer', ocr: 'OCR' };

export const ORIGIN_WORDS: Readonly<Record<TrustSetting['testedOn'], string>> = {
  public: 'Tested on public documents; yours may differ.',
  demo: 'Tested on papers made by the demo.',
  own: 'Tested on answers given here.',
};

export function share(of: number, digits = 0): string {
  return `${(100 * of).toFixed(digits)} %`;
}
