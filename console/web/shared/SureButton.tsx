import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useId } from 'react';
import { SureModal } from './SureModal.tsx';
import classes from './shared.module.css';

interface SureButtonProps {
  readonly verb: string;
  /** Of the button, where the verb alone says too little: `Delete month-end`. */
  readonly label: string;
  /** Asked before it is done. */
  readonly title: string;
  readonly children: ReactNode;
  readonly isBad?: boolean;
  readonly isReady?: boolean;
  readonly act: () => Promise<unknown>;
  /** What is asked for anew afterwards. */
  readonly changes: readonly string[];
}

/** A button that asks once more, does it, and says beside itself why it could not. */
export function SureButton(props: SureButtonProps) {
  const { verb, label, title, children, isBad = false, isReady = true, act, changes } = props;
  const [opened, { open, close }] = useDisclosure(false);
  const fault = useId();
  const client = useQueryClient();
  const doing = useMutation({
    mutationFn: act,
    onSettled: () => {
      close();
      return Promise.all(changes.map((key) => client.invalidateQueries({ queryKey: [key] })));
    },
  });
  return (
    <>
      <Button
        size="xs"
        {...(isBad ? { variant: 'subtle', color: 'red', c: 'var(--rk-bad)' } : { variant: 'default' })}
        onClick={open}
        aria-label={label}
        {...(doing.error !== null && { 'aria-describedby': fault })}
      >
        {verb}
      </Button>
      {doing.error !== null && (
        <span className={classes['fault']} role="alert" id={fault}>
          {doing.error.message}
        </span>
      )}
      <SureModal
        opened={opened}
        title={title}
        verb={verb}
        isBad={isBad}
        isPending={doing.isPending}
        isReady={isReady}
        onSure={() => doing.mutate()}
        onBack={close}
      >
        {children}
      </SureModal>
    </>
  );
}
