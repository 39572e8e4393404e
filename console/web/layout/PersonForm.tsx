import { Button, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { usePerson } from '../api/person.ts';

export function PersonForm({ onDone }: { readonly onDone?: () => void }) {
  const [person, setPerson] = usePerson();
  const [name, setName] = useState(person);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  const keep = (event: FormEvent) => {
    event.preventDefault();
    const given = name.trim();
    if (given === '') return;
    setPerson(given);
    onDone?.();
  };
  return (
    <form onSubmit={keep}>
      <Stack>
        <TextInput
          label="Your name"
          description="It is written beside your answers, and others see what you are working on. Kept in this browser."
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          maxLength={60}
          autoComplete="name"
          required
          ref={input}
          data-autofocus
        />
        <Button type="submit" disabled={name.trim() === ''}>
          Go on
        </Button>
      </Stack>
    </form>
  );
}
