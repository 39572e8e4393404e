import { ActionIcon, Box, Group, Text } from '@mantine/core';
import { useElementSize, useMergedRef } from '@mantine/hooks';
import { useEffect, useRef, useState } from 'react';
import type { DocumentRef } from '#core';
import { FitIcon, MinusIcon, PlusIcon } from '../shared/icons.tsx';
import { type Mark, marksOn } from './marks.ts';
import { PageSheet } from './PageSheet.tsx';
import classes from './paper.module.css';
import { usePageCount } from './usePageCount.ts';
import { MOST_ZOOM, zoomFor } from './zoom.ts';

interface PaperViewProps {
  readonly paper: DocumentRef;
  readonly marks: readonly Mark[];
  /** The field whose box is brought into sight. */
  readonly focused: string | null;
  readonly onPick: (field: string) => void;
}

/** A paper's pages one below the other; the field at hand is brought near enough to be read. */
export function PaperView({ paper, marks, focused, onPick }: PaperViewProps) {
  const own = marksOn(marks, paper);
  const { count, lookFurther } = usePageCount(paper, Math.max(1, ...own.map(({ source }) => source.page)));
  const [zoom, setZoom] = useState(1);
  const { ref: measure, width } = useElementSize<HTMLDivElement>();
  const scroller = useRef<HTMLDivElement>(null);
  const ref = useMergedRef(measure, scroller);
  const source = own.find(({ field }) => field === focused)?.source;

  useEffect(() => {
    if (source !== undefined && width > 0) setZoom((now) => zoomFor(source, width, now));
  }, [source, width]);
  useEffect(() => {
    if (focused !== null && zoom > 0) bringIntoSight(scroller.current, focused);
  }, [focused, zoom]);

  return (
    <section className={classes['view']} aria-label={`The paper ${paper.name}`}>
      <Group className={classes['bar'] ?? ''} gap={4} wrap="nowrap">
        <Text size="sm" truncate fw={550} flex={1} title={paper.name}>
          {paper.name}
        </Text>
        <ZoomButtons zoom={zoom} onZoom={setZoom} />
      </Group>
      <Box ref={ref} className={classes['scroller'] ?? ''} tabIndex={0} role="region" aria-label="Pages">
        <div className={classes['pages']} style={{ width: `${zoom * 100}%` }}>
          {Array.from({ length: count }, (_, i) => i + 1).map((page) => (
            <PageSheet
              key={page}
              paper={paper}
              page={page}
              marks={marksOn(own, paper, page)}
              focused={focused}
              onPick={onPick}
              onShown={page === count ? lookFurther : () => {}}
            />
          ))}
        </div>
      </Box>
    </section>
  );
}

function ZoomButtons({ zoom, onZoom }: { readonly zoom: number; readonly onZoom: (zoom: number) => void }) {
  const step = (factor: number) => onZoom(Math.min(MOST_ZOOM, Math.max(0.5, zoom * factor)));
  const look = { variant: 'subtle', color: 'gray', c: 'inherit', size: 30 } as const;
  return (
    <>
      <ActionIcon {...look} aria-label="Smaller" onClick={() => step(1 / 1.25)}>
        <MinusIcon />
      </ActionIcon>
      <Text size="sm" miw="3.2em" ta="center" aria-live="polite">
        {Math.round(zoom * 100)} %
      </Text>
      <ActionIcon {...look} aria-label="Larger" onClick={() => step(1.25)}>
        <PlusIcon />
      </ActionIcon>
      <ActionIcon {...look} aria-label="Whole width" onClick={() => onZoom(1)}>
        <FitIcon />
      </ActionIcon>
    </>
  );
}

/** Scrolls only the paper, never the page around it. */
function bringIntoSight(scroller: HTMLDivElement | null, field: string): void {
  const mark = scroller?.querySelector<HTMLElement>(`[data-mark="${CSS.escape(field)}"]`);
  if (!scroller || !mark) return;
  const outer = scroller.getBoundingClientRect();
  const inner = mark.getBoundingClientRect();
  const behavior = matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth';
  scroller.scrollBy({
    left: inner.left + inner.width / 2 - outer.left - outer.width / 2,
    top: inner.top + inner.height / 2 - outer.top - outer.height * 0.4,
    behavior,
  });
}
