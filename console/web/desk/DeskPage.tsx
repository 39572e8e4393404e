import { Title } from '@mantine/core';
import { usePerson } from '../api/person.ts';
import { useException } from '../api/queries.ts';
import { PersonForm } from '../layout/PersonForm.tsx';
import { Loaded } from '../shared/Loaded.tsx';
import { Desk } from './Desk.tsx';
import classes from './desk.module.css';

export function DeskPage({ id }: { readonly id: string }) {
  const query = useException(id);
  const [person] = usePerson();
  if (person === '') {
    return (
      <div className={classes['gate']}>
        <Title order={1}>Who answers?</Title>
        <PersonForm />
      </div>
    );
  }
  return <Loaded query={query}>{(question) => <Desk question={question} person={person} />}</Loaded>;
}
