import { useTrust } from '../api/queries.ts';
import { Loaded } from '../shared/Loaded.tsx';
import { Page } from '../shared/Page.tsx';
import { Answers } from './Answers.tsx';
import { Dial } from './Dial.tsx';
import classes from './quality.module.css';
import { Reliability } from './Reliability.tsx';

export function QualityPage() {
  return (
    <Loaded query={useTrust()}>
      {(report) => (
        <Page title="Quality" lead="How far what bots read may be trusted, and what fewer wrong fields would cost.">
          <div className={classes['cards']}>
            <Dial report={report} />
            <Reliability kinds={report.reliability} />
            <Answers report={report} />
          </div>
        </Page>
      )}
    </Loaded>
  );
}
