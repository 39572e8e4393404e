import type { ReactNode } from 'react';
import { call } from '../api/client.ts';
import { usePerson } from '../api/person.ts';
import { PersonForm } from '../layout/PersonForm.tsx';
import { SureButton } from '../shared/SureButton.tsx';

interface AccessButtonProps {
  readonly verb: string;
  readonly label: string;
  readonly title: string;
  readonly application: string;
  readonly account?: string;
  readonly order: 'release' | 'hold' | 'look';
  readonly children: ReactNode;
}

/** Changes who may work in an application; the record says who did, so a person says who they are before. */
export function AccessButton({ verb, label, title, application, account, order, children }: AccessButtonProps) {
  const [person] = usePerson();
  const path = `/api/applications/${encodeURIComponent(application)}/${order}`;
  return (
    <SureButton
      verb={verb}
      label={label}
      title={title}
      isReady={person !== ''}
      act={() => call(path, { method: 'POST', person, ...(account !== undefined && { json: { account } }) })}
      changes={['applications', 'tasks', 'task']}
    >
      {person === '' ? <PersonForm /> : children}
    </SureButton>
  );
}
