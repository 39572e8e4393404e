import { Link, useLocation } from 'wouter';
import { useOverview } from '../api/queries.ts';
import { ApplicationIcon, ExceptionIcon, OverviewIcon, QualityIcon, ScheduleIcon, TaskIcon } from '../shared/icons.tsx';
import classes from './shell.module.css';

const PLACES = [
  { href: '/', label: 'Overview', Icon: OverviewIcon },
  { href: '/exceptions', label: 'Exceptions', Icon: ExceptionIcon },
  { href: '/tasks', label: 'Tasks', Icon: TaskIcon },
  { href: '/applications', label: 'Applications', Icon: ApplicationIcon },
  { href: '/schedules', label: 'Schedules', Icon: ScheduleIcon },
  { href: '/quality', label: 'Quality', Icon: QualityIcon },
] as const;

export function Navigation() {
  const [location] = useLocation();
  const exceptions = useOverview().data?.exceptions ?? 0;
  return (
    <nav className={classes['nav']} aria-label="Main">
      {PLACES.map(({ href, label, Icon }) => {
        const here = href === '/' ? location === '/' : location.startsWith(href);
        return (
          <Link key={href} href={href} className={classes['place'] ?? ''} aria-current={here ? 'page' : undefined}>
            <Icon />
            {label}
            {href === '/exceptions' && exceptions > 0 && (
              <span className={classes['count']} role="img" aria-label={`${exceptions} waiting`}>
                {exceptions}
              </span>
            )}
          </Link>
        );
      })}
    </nav>
  );
}
