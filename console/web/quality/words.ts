import type { TrustClass, TrustSetting } from '#core';

export const CLASS_WORDS: Readonly<Record<TrustClass, string>> = {
  text: 'Text layer',
  ocr: 'OCR',
  'text-list': 'Lists, text layer',
  'ocr-list': 'Lists, OCR',
  'plugged-in': 'Readers of your own',
};
export const CLASSES = Object.keys(CLASS_WORDS) as TrustClass[];

export const ORIGIN_WORDS: Readonly<Record<TrustSetting['testedOn'], string>> = {
  public: 'Tested on public documents; yours may differ.',
  demo: 'Tested on papers made by the demo.',
  own: 'Tested on answers given here.',
};

export function share(of: number, digits = 0): string {
  return `${(100 * of).toFixed(digits)} %`;
}
