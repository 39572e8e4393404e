import type { Frame } from 'playwright-core';
import { SystemException } from '#core';
import type { Screen } from './screen.ts';

/**
 * Rejects with SystemException `form-changed` where the form takes more or fewer entries than its screen says: after an
 * update of the application a field may be missing in the screen, and whatever were typed into the others is no whole record.
 */
export async function refuseChangedForm<T extends object>(screen: Screen<T>, form: Frame): Promise<void> {
  if (screen.inputs === undefined) return;
  const inputs = await form.evaluate(() => {
    const idle = ['hidden', 'submit', 'button', 'reset', 'image'];
    return [...document.querySelectorAll('input, select, textarea')].filter(
      (element) =>
        element.checkVisibility() &&
        !element.matches(':disabled, :read-only:not(select)') &&
        !idle.includes(element.getAttribute('type') ?? ''),
    ).length;
  });
  if (inputs === screen.inputs) return;
  throw new SystemException(
    'form-changed',
    `A form of ${screen.app.name} takes ${inputs} entries, and its screen knows of ${screen.inputs}; nothing was typed.`,
  );
}
