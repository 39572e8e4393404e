import type { Source } from '#core';

export const MOST_ZOOM = 4;
/** A line of this height on the screen reads at a glance. */
const READABLE_PX = 20;
const AUTO_ZOOM_AT_MOST = 2.4;

/** The zoom at which a box can be read: never less than now, never so much that it does not fit. */
export function zoomFor({ x0, x1, y0, y1, width }: Source, viewWidth: number, now: number): number {
  const scale = viewWidth / width;
  const readable = READABLE_PX / ((y1 - y0) * scale);
  const fitting = (viewWidth * 0.9) / ((x1 - x0) * scale);
  const wanted = Math.max(now, Math.min(readable, AUTO_ZOOM_AT_MOST));
  return Math.max(1, Math.min(wanted, fitting, MOST_ZOOM));
}
