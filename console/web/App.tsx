import { lazy, Suspense } from 'react';
import { Redirect, Route, Switch } from 'wouter';
import { useSession } from './api/session.ts';
import { ApplicationsPage } from './applications/ApplicationsPage.tsx';
import { DeskPage } from './desk/DeskPage.tsx';
import { ExceptionsPage } from './exceptions/ExceptionsPage.tsx';
import { Shell } from './layout/Shell.tsx';
import { SignInPage } from './layout/SignInPage.tsx';
import { OverviewPage } from './overview/OverviewPage.tsx';
import { SchedulesPage } from './schedules/SchedulesPage.tsx';
import { NotFound } from './shared/NotFound.tsx';
import { TaskPage } from './tasks/TaskPage.tsx';
import { TasksPage } from './tasks/TasksPage.tsx';

/** Fetched when it is opened: its charts are as large as all the other pages. */
const QualityPage = lazy(async () => ({ default: (await import('./quality/QualityPage.tsx')).QualityPage }));

export function App() {
  const session = useSession();
  if (session.data === undefined) return null;
  if (!session.data.signedIn) return <SignInPage />;
  return (
    <Shell>
      <Switch>
        <Route path="/" component={OverviewPage} />
        <Route path="/overview">
          <Redirect to="/" replace />
        </Route>
        <Route path="/exceptions" component={ExceptionsPage} />
        <Route path="/exceptions/:id">{({ id }) => <DeskPage key={id} id={id} />}</Route>
        <Route path="/tasks" component={TasksPage} />
        <Route path="/tasks/:id">{({ id }) => <TaskPage key={id} id={id} />}</Route>
        <Route path="/applications" component={ApplicationsPage} />
        <Route path="/schedules" component={SchedulesPage} />
        <Route path="/quality">
          <Suspense fallback={null}>
            <QualityPage />
          </Suspense>
        </Route>
        <Route component={NotFound} />
      </Switch>
    </Shell>
  );
}
