import { Tabs } from '@mantine/core';
import { useState } from 'react';
import type { DocumentRef } from '#core';
import { type Mark, marksOn } from '../paper/marks.ts';
import { PaperView } from '../paper/PaperView.tsx';
import classes from './desk.module.css';

interface DeskPaperProps {
  readonly papers: readonly DocumentRef[];
  readonly marks: readonly Mark[];
  readonly focused: string | null;
  readonly onPick: (field: string) => void;
}

/** The papers of a question; with several, the one that holds the field at hand comes forward. */
export function DeskPaper({ papers, marks, focused, onPick }: DeskPaperProps) {
  const [chosen, setChosen] = useState(papers[0]?.sha256 ?? null);
  const holding = papers.find((paper) => marksOn(marks, paper).some(({ field }) => field === focused));
  const [followed, setFollowed] = useState(focused);
  if (followed !== focused) {
    setFollowed(focused);
    if (holding !== undefined) setChosen(holding.sha256);
  }
  const shown = papers.find(({ sha256 }) => sha256 === chosen) ?? papers[0];
  if (shown === undefined) return null;
  return (
    <div className={classes['paper']}>
      {papers.length > 1 && (
        <Tabs value={shown.sha256} onChange={setChosen}>
          <Tabs.List aria-label="Papers">
            {papers.map(({ sha256, name }) => (
              <Tabs.Tab key={sha256} value={sha256}>
                {name}
              </Tabs.Tab>
            ))}
          </Tabs.List>
        </Tabs>
      )}
      <PaperView key={shown.sha256} paper={shown} marks={marks} focused={focused} onPick={onPick} />
    </div>
  );
}
