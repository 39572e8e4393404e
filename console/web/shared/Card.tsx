import { Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import classes from './shared.module.css';

interface CardProps {
  readonly title: string;
  readonly aside?: ReactNode;
  /** The body reaches the edges: tables, lists of links. */
  readonly flush?: boolean;
  readonly children: ReactNode;
}

export function Card({ title, aside, flush = false, children }: CardProps) {
  const id = useId();
  return (
    <section className={classes['card']} aria-labelledby={id}>
      <div className={classes['cardHead']}>
        <Title order={2} id={id}>
          {title}
        </Title>
        {aside}
      </div>
      <div className={flush ? classes['flush'] : classes['cardBody']}>{children}</div>
    </section>
  );
}
