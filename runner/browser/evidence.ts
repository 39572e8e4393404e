import type { Frame, Locator, Page } from 'playwright-core';
import type { BlobStore, Clock, Evidence } from '#core';
import { inTime } from './deadline.ts';
import type { Session } from './session.ts';

/** What a picture of a page does not show. */
export interface Masked {
  /** Places of values in one frame of the page. */
  readonly places: (frame: Frame) => readonly Locator[];
  /** Whether everything is masked that is not one of these captions; undefined where only the places are. */
  readonly allBut?: readonly string[] | undefined;
}

/** A picture of the whole page as the application shows it now, kept in the archive. Passwords are never shown. */
export async function screenshot(
  archive: BlobStore,
  { page }: Session,
  label: string,
  { places, allBut }: Masked,
): Promise<Evidence> {
  const mask = page
    .frames()
    .flatMap((frame) => [
      ...secretsIn(frame),
      ...places(frame),
      ...(allBut === undefined ? [] : everythingBut(allBut, frame)),
    ]);
  return { label, sha256: await archive.put(await page.screenshot({ type: 'png', mask, maskColor: MASK })) };
}

const MASK = '#303848';

const secretsIn = (frame: Frame) => [frame.locator('input[type=password]')];

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
  const taking = page.screenshot({ type: 'png', mask, maskColor: MASK, timeout: PICTURE_MS });
  const picture = await inTime(clock, PICTURE_MS, taking, undefined).catch(() => undefined);
  if (picture) pictures.set(error, picture);
}

/** What the page showed when this error came up; undefined where it came from elsewhere. */
export function failurePicture(error: unknown): Uint8Array | undefined {
  return error instanceof Error ? pictures.get(error) : undefined;
}
