import { Title } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import classes from './shared.module.css';

interface PageProps {
  readonly title: string;
  /** Beside the title: a tag, a count. */
  readonly aside?: ReactNode;
  readonly lead?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A page with its heading. Whoever comes from another page starts at the heading, screen readers included. */
export function Page({ title, aside, lead, actions, children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  useEffect(() => {
    document.title = `${title} · Rekey`;
  }, [title]);
  return (
    <div className={classes['page']}>
      <div className={classes['pageHead']}>
        <div>
          <Title order={1} ref={heading} tabIndex={-1} display="inline" mr="sm">
            {title}
          </Title>
          {aside}
          {lead !== undefined && <p className={classes['lead']}>{lead}</p>}
        </div>
        {actions}
      </div>
      {children}
    </div>
  );
}
