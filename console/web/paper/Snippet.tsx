import { useElementSize } from '@mantine/hooks';
import type { CSSProperties } from 'react';
import type { Source } from '#core';
import { pageUrl } from '../api/client.ts';
import classes from './paper.module.css';

const LINE_PX = 22;

/** The place on the paper where a value was read, cut out and set beside its field. */
export function Snippet({ source, title }: { readonly source: Source; readonly title: string }) {
  const { ref, width, height } = useElementSize<HTMLDivElement>();
  return (
    <div
      ref={ref}
      className={classes['snippet']}
      style={cutOut(source, width, height)}
      role="img"
      aria-label={`${title} as it stands on the paper`}
    />
  );
}

function cutOut(
  { paper, page, rotation, x0, y0, x1, y1, width, height }: Source,
  viewWidth: number,
  viewHeight: number,
): CSSProperties {
  const scale = Math.min(LINE_PX / Math.max(1, y1 - y0), (viewWidth * 0.9) / Math.max(1, x1 - x0), 3);
  const left = within(viewWidth / 2 - ((x0 + x1) / 2) * scale, viewWidth - width * scale);
  const top = within(viewHeight / 2 - ((y0 + y1) / 2) * scale, viewHeight - height * scale);
  return {
    backgroundImage: `url(${pageUrl(paper, page, rotation)})`,
    backgroundSize: `${width * scale}px ${height * scale}px`,
    backgroundPosition: `${left}px ${top}px`,
  };
}

/** Keeps the page under the whole cut-out: a box at the page's edge stands at the cut-out's edge. */
function within(offset: number, least: number): number {
  return Math.min(0, Math.max(least, offset));
}
