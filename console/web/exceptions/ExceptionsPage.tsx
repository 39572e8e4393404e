import { Button, SegmentedControl } from '@mantine/core';
import { useMemo, useState } from 'react';
import { Link } from 'wouter';
import { usePerson } from '../api/person.ts';
import { useExceptions } from '../api/queries.ts';
import { isFree } from '../desk/next.ts';
import { Loaded } from '../shared/Loaded.tsx';
import { Page } from '../shared/Page.tsx';
import { inWords } from '../words/tasks.ts';
import { ExceptionList } from './ExceptionList.tsx';
import classes from './exceptions.module.css';

const ALL = '';

export function ExceptionsPage() {
  const query = useExceptions();
  const [person] = usePerson();
  const [skill, setSkill] = useState(ALL);
  const skills = useMemo(() => [...new Set(query.data?.map((question) => question.skill))].sort(), [query.data]);
  return (
    <Loaded query={query}>
      {(all) => {
        const shown = all.filter((question) => skill === ALL || question.skill === skill);
        const first = shown.find((question) => isFree(question, person));
        return (
          <Page
            title="Exceptions"
            lead={
              all.length === 0
                ? 'Nothing waits for a person.'
                : 'The soonest promise first. Answer one, and the next opens at once.'
            }
            actions={
              first !== undefined && (
                <Button component={Link} href={`/exceptions/${first.id}`} size="md">
                  Start with the first
                </Button>
              )
            }
          >
            {skills.length > 1 && (
              <SegmentedControl
                className={classes['skills'] ?? ''}
                aria-label="Skill"
                value={skill}
                onChange={setSkill}
                data={[
                  { value: ALL, label: `All (${all.length})` },
                  ...skills.map((one) => ({
                    value: one,
                    label: `${inWords(one)} (${all.filter((question) => question.skill === one).length})`,
                  })),
                ]}
              />
            )}
            <ExceptionList questions={shown} person={person} />
          </Page>
        );
      }}
    </Loaded>
  );
}
