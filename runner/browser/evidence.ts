import type { Frame, Locator, Page } from 'playwright-core';
import type { Clock } from '#core';
import { inTime } from './deadline.ts';
import type { Session } from './session.ts';

/** What a picture of a page does not show. */
export interface Masked {
  /** Places of values in one frame of the page. */
  readonly places: (frame: Frame) => readonly Locator[];
  /** Whether everything is masked that is not one of these captions; undefined where only the places are. */
  readonly allBut?: readonly string[] | undefined;
}

/** A picture of the page as the application shows it now. Passwords are never shown. */
export async function screenshot({ page }: Session, { places, allBut }: Masked): Promise<Uint8Array> {
  const hidden = await Promise.all(
    page
      .frames()
      .map(async (frame) => [
        ...((await mayHoldSecrets(frame)) ? [frame.locator('input[type=password]')] : []),
        ...places(frame),
        ...(allBut === undefined ? [] : everythingBut(allBut, frame)),
      ]),
  );
  return page.screenshot({ ...PICTURE, mask: hidden.flat() });
}

/** Masks cost each frame some time, so they are laid only over those that have something to hide. */
function mayHoldSecrets(frame: Frame): Promise<boolean> {
  const look = () =>
    [...document.querySelectorAll('*')].some((each) => each.shadowRoot || each.matches('input[type=password]'));
  return frame.evaluate(look).catch(() => true);
}

/** A third of the time that a loss-free picture takes, and as easy to read. */
const PICTURE = { type: 'jpeg', quality: 80, maskColor: '#303848' } as const;

/** Whatever bears text of its own, and whatever may bear some in another way. */
function everythingBut(captions: readonly string[], frame: Frame): readonly Locator[] {
  const texts = frame.locator('xpath=//body//*[text()[normalize-space()] and not(self::script or self::style)]');
  const known = captions.map((caption) => caption.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
  return [
    captions.length === 0 ? texts : texts.filter({ hasNotText: new RegExp(`^\\s*(?:${known})\\s*$`) }),
    frame.locator('input, select, textarea, img, canvas, svg, embed, object, video'),
  ];
}

/** Pictures of pages on which something failed, for as long as somebody holds the error. */
const pictures = new WeakMap<object, Uint8Array>();

const PICTURE_MS = 3000;

/** Takes a picture of the page where `error` came from, without what `hidden` selects. Of a page that does not answer there is none. */
export async function pictureFailure(error: unknown, page: Page, clock: Clock, hidden: string): Promise<void> {
  if (!(error instanceof Error) || page.isClosed()) return;
  const mask = page.frames().map((frame) => frame.locator(hidden));
  const taking = page.screenshot({ ...PICTURE, mask, timeout: PICTURE_MS });
  const picture = await inTime(clock, PICTURE_MS, taking, undefined).catch(() => undefined);
  if (picture) pictures.set(error, picture);
}

/** What the page showed when this error came up; undefined where it came from elsewhere. */
export function failurePicture(error: unknown): Uint8Array | undefined {
  return error instanceof Error ? pictures.get(error) : undefined;
}
