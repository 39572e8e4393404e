import { Alert, Button, Group, Stack, TextInput } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';

interface NamedFormProps {
  readonly name: string;
  readonly onName: (name: string) => void;
  /** It is there already: its name stays. */
  readonly isNamed: boolean;
  readonly nameError: string | undefined;
  /** What speaks against it as a whole. */
  readonly error: string | undefined;
  readonly isSaving: boolean;
  readonly onSave: () => void;
  readonly onCancel: () => void;
  /** Beside the buttons that end the form. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

/** A form for something that is known by its name. */
export function NamedForm(props: NamedFormProps) {
  const { name, onName, isNamed, nameError, error, isSaving, onSave, onCancel, aside, children } = props;
  const send = (event: FormEvent) => {
    event.preventDefault();
    onSave();
  };
  return (
    <form onSubmit={send} noValidate>
      <Stack>
        {error !== undefined && (
          <Alert color="red" variant="default" role="alert">
            {error}
          </Alert>
        )}
        <TextInput
          label="Name"
          description="Small letters, digits and hyphens."
          value={name}
          onChange={(event) => onName(event.currentTarget.value)}
          error={nameError}
          disabled={isNamed}
          required
          data-autofocus={!isNamed || undefined}
        />
        {children}
        <Group justify={aside === undefined ? 'flex-end' : 'space-between'}>
          {aside}
          <Group>
            <Button variant="default" onClick={onCancel}>
              Cancel
            </Button>
            <Button type="submit" loading={isSaving}>
              Save
            </Button>
          </Group>
        </Group>
      </Stack>
    </form>
  );
}
