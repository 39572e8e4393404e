import { VisuallyHidden } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useFollow } from '../api/live.ts';
import mark from '../mark.svg';
import { Connection } from './Connection.tsx';
import { Navigation } from './Navigation.tsx';
import { PersonMenu } from './PersonMenu.tsx';
import { SchemeSwitch } from './SchemeSwitch.tsx';
import classes from './shell.module.css';

export function Shell({ children }: { readonly children: ReactNode }) {
  useFollow();
  return (
    <div className={classes['shell']}>
      <a className={classes['skip']} href="#content">
        Skip to content
      </a>
      <header className={classes['header']}>
        <Link href="/" className={classes['brand'] ?? ''}>
          <img src={mark} alt="" width={26} height={26} />
          Rekey
          <VisuallyHidden> console, to the overview</VisuallyHidden>
        </Link>
        <Navigation />
        <div className={classes['tools']}>
          <Connection />
          <PersonMenu />
          <SchemeSwitch />
        </div>
      </header>
      <main id="content" className={classes['main']} tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}
