import type { Page } from 'playwright-core';

/** Controls that a screen reader could not name. */
export function unnamedControls(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const isShown = (element: Element) => element.checkVisibility({ visibilityProperty: true });
    const textOf = (ids: string | null) =>
      (ids ?? '').split(' ').map((id) => document.getElementById(id)?.textContent ?? '');
    const nameOf = (element: Element) => {
      const labels =
        element instanceof HTMLInputElement ||
        element instanceof HTMLSelectElement ||
        element instanceof HTMLTextAreaElement
          ? [...(element.labels ?? [])]
          : [];
      const own = element.matches('a, button, [role]')
        ? [element.textContent, ...[...element.querySelectorAll('img')].map((img) => img.alt)]
        : [];
      const said = [
        element.getAttribute('aria-label'),
        element.getAttribute('title'),
        ...textOf(element.getAttribute('aria-labelledby')),
      ];
      return [...said, ...labels.map((label) => label.textContent), ...own].join('').trim();
    };
    const controls = [
      ...document.querySelectorAll(
        'a[href], button, input:not([type="hidden"]), select, textarea, [role="button"], [tabindex="0"]',
      ),
    ];
    return controls
      .filter((element) => isShown(element) && nameOf(element) === '')
      .map((element) => element.outerHTML.slice(0, 160));
  });
}

/** Words that stand out too little from their ground: under 4.5 : 1, or 3 : 1 where they are large. */
export function faintWords(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    type Colour = readonly [red: number, green: number, blue: number, alpha: number];
    const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })!;
    const colourOf = (css: string): Colour => {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = css;
      canvas.fillRect(0, 0, 1, 1);
      const [red = 0, green = 0, blue = 0, alpha = 0] = canvas.getImageData(0, 0, 1, 1).data;
      return [red, green, blue, alpha / 255];
    };
    const over = (top: Colour, ground: Colour): Colour => {
      const mix = (at: 0 | 1 | 2) => top[at] * top[3] + ground[at] * (1 - top[3]);
      return [mix(0), mix(1), mix(2), 1];
    };
    const groundOf = (element: Element): Colour => {
      const colours: Colour[] = [];
      for (let at: Element | null = element; at !== null; at = at.parentElement)
        colours.unshift(colourOf(getComputedStyle(at).backgroundColor));
      return colours.reduce((ground, top) => over(top, ground), colourOf('white'));
    };
    const light = (colour: Colour) => {
      const part = (value: number) =>
        value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4;
      return 0.2126 * part(colour[0]) + 0.7152 * part(colour[1]) + 0.0722 * part(colour[2]);
    };
    const ratio = (a: number, b: number) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    const hasWords = (element: Element) =>
      [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim());
    const isOff = (element: Element) => element.closest(':disabled, [aria-disabled="true"], [data-disabled]') !== null;

    const found: string[] = [];
    const judge = (element: Element, words: string, style: CSSStyleDeclaration) => {
      const ground = groundOf(element);
      const got = ratio(light(over(colourOf(style.color), ground)), light(ground));
      const size = Number.parseFloat(style.fontSize);
      const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
      if (got < (isLarge ? 3 : 4.5)) found.push(`${got.toFixed(2)} : 1 "${words.trim().slice(0, 40)}"`);
    };
    for (const element of document.querySelectorAll('body *')) {
      if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) || isOff(element)) continue;
      if (
        element instanceof HTMLTextAreaElement ||
        (element instanceof HTMLInputElement && !/radio|checkbox/.test(element.type))
      ) {
        judge(element, element.value, getComputedStyle(element));
        if (element.placeholder !== '') judge(element, element.placeholder, getComputedStyle(element, '::placeholder'));
      } else if (hasWords(element) && !(element instanceof SVGElement))
        judge(element, element.textContent ?? '', getComputedStyle(element));
    }
    return [...new Set(found)];
  });
}

/** Goes through the page by Tab and tells the controls on which no focus can be seen, or that something covers. */
export async function hiddenFocus(page: Page, presses: number): Promise<readonly string[]> {
  const found = new Set<string>();
  for (let i = 0; i < presses; i++) {
    await page.keyboard.press('Tab');
    const fault = await page.evaluate(() => {
      const element = document.activeElement;
      if (!(element instanceof HTMLElement) || element === document.body) return '';
      const shown = [element, element.parentElement, element.closest('label')].some((one) => {
        const style = one ? getComputedStyle(one) : undefined;
        return style !== undefined && style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 2;
      });
      const box = element.getBoundingClientRect();
      const labels = element instanceof HTMLInputElement ? [...(element.labels ?? [])] : [];
      const own = [element, ...labels];
      const parts = [0.1, 0.5, 0.9].flatMap((x) =>
        [0.1, 0.5, 0.9].map((y) => ({ x: box.left + box.width * x, y: box.top + box.height * y })),
      );
      const isSeen = parts.some(({ x, y }) => {
        const top = document.elementFromPoint(x, y);
        return top !== null && own.some((one) => one.contains(top) || top.contains(one));
      });
      const name = element.outerHTML.slice(0, 120);
      return !shown ? `no ring: ${name}` : isSeen ? '' : `covered: ${name}`;
    });
    if (fault !== '') found.add(fault);
  }
  return [...found];
}
