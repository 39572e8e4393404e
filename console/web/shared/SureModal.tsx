import { Button, Group, Modal } from '@mantine/core';
import type { ReactNode } from 'react';

interface SureModalProps {
  readonly opened: boolean;
  readonly title: string;
  /** What happens then, and what does not. */
  readonly children: ReactNode;
  /** What the button says that does it. */
  readonly verb: string;
  /** It takes something away. */
  readonly isBad?: boolean;
  readonly isPending?: boolean;
  /** False while something is missing that the body asks for. */
  readonly isReady?: boolean;
  readonly onSure: () => void;
  readonly onBack: () => void;
}

/** Asks once more. Whoever only presses Enter goes back. */
export function SureModal(props: SureModalProps) {
  const { opened, title, children, verb, isBad = false, isPending = false, isReady = true, onSure, onBack } = props;
  return (
    <Modal opened={opened} onClose={onBack} title={title}>
      <div>{children}</div>
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onBack} data-autofocus>
          Back
        </Button>
        <Button
          color={isBad ? 'red.9' : 'ledger'}
          autoContrast={!isBad}
          loading={isPending}
          disabled={!isReady}
          onClick={onSure}
        >
          {verb}
        </Button>
      </Group>
    </Modal>
  );
}
