import type { CSSProperties } from 'react';
import type { Mark } from './marks.ts';
import classes from './paper.module.css';

interface MarkBoxProps {
  readonly mark: Mark;
  readonly focused: boolean;
  readonly onPick: (field: string) => void;
}

/** The box around what was read. Doubtful ones are dashed and carry a question mark; keyboards reach the field in the form instead. */
export function MarkBox({ mark, focused, onPick }: MarkBoxProps) {
  const { field, title, doubtful, source } = mark;
  return (
    <button
      type="button"
      tabIndex={-1}
      className={classes['mark']}
      data-mark={field}
      data-doubtful={doubtful}
      data-focused={focused}
      style={place(source)}
      title={title}
      aria-label={`To the field ${title}`}
      onClick={() => onPick(field)}
    >
      {focused && <span className={classes['markName']}>{doubtful ? `? ${title}` : title}</span>}
      {doubtful && !focused && <span className={classes['markDoubt']}>?</span>}
    </button>
  );
}

function place({ x0, y0, x1, y1, width, height }: Mark['source']): CSSProperties {
  const margin = height * 0.004;
  const share = (part: number, whole: number) => `${((part / whole) * 100).toFixed(3)}%`;
  return {
    left: share(x0 - margin, width),
    top: share(y0 - margin, height),
    width: share(x1 - x0 + 2 * margin, width),
    height: share(y1 - y0 + 2 * margin, height),
  };
}
