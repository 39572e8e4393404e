import { Button, PasswordInput, Stack, Title } from '@mantine/core';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useSignIn } from '../api/session.ts';
import mark from '../mark.svg';
import classes from './shell.module.css';

export function SignInPage() {
  const [token, setToken] = useState('');
  const signIn = useSignIn();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  const send = (event: FormEvent) => {
    event.preventDefault();
    signIn.mutate(token);
  };
  return (
    <main className={classes['signIn']}>
      <form onSubmit={send} className={classes['signInCard']}>
        <Stack>
          <img src={mark} alt="" width={40} height={40} />
          <Title order={1}>Sign in to Rekey</Title>
          <PasswordInput
            label="Token"
            description="As set for this console: REKEY_TOKEN."
            value={token}
            onChange={(event) => setToken(event.currentTarget.value)}
            error={signIn.error?.message}
            autoComplete="current-password"
            ref={input}
            required
          />
          <Button type="submit" loading={signIn.isPending}>
            Sign in
          </Button>
        </Stack>
      </form>
    </main>
  );
}
