import { type CSSProperties, useState } from 'react';
import type { DocumentRef } from '#core';
import { pageUrl } from '../api/client.ts';
import { MarkBox } from './MarkBox.tsx';
import type { Mark } from './marks.ts';
import classes from './paper.module.css';

interface PageSheetProps {
  readonly paper: DocumentRef;
  readonly page: number;
  readonly marks: readonly Mark[];
  readonly focused: string | null;
  readonly onPick: (field: string) => void;
  readonly onShown: () => void;
}

/** One page of a paper with the boxes of its fields. */
export function PageSheet({ paper, page, marks, focused, onPick, onShown }: PageSheetProps) {
  const [state, setState] = useState<'drawing' | 'shown' | 'failed'>('drawing');
  const size = marks[0]?.source;
  const ratio: CSSProperties = size === undefined ? {} : { aspectRatio: `${size.width} / ${size.height}` };
  if (state === 'failed')
    return (
      <p className={classes['failed']}>
        Page {page} of {paper.name} cannot be drawn.
      </p>
    );
  return (
    <div className={classes['sheet']} style={ratio}>
      <img
        src={pageUrl(paper.sha256, page, size?.rotation ?? 0)}
        alt={`Page ${page} of ${paper.name}`}
        onLoad={() => {
          setState('shown');
          onShown();
        }}
        onError={() => setState('failed')}
        draggable={false}
      />
      {state === 'drawing' && (
        <span className={classes['drawing']} role="status">
          Drawing the page…
        </span>
      )}
      {marks.map((mark) => (
        <MarkBox
          key={`${mark.field} ${mark.source.x0} ${mark.source.y0}`}
          mark={mark}
          focused={mark.field === focused}
          onPick={onPick}
        />
      ))}
    </div>
  );
}
