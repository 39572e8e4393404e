import { Button, Group, Modal, Text } from '@mantine/core';
import type { Choice } from '#core';
import { CHOICE_WORDS } from '../words/choices.ts';

interface ConfirmModalProps {
  readonly choice: Choice | null;
  readonly onSure: (choice: Choice) => void;
  readonly onCancel: () => void;
}

export function ConfirmModal({ choice, onSure, onCancel }: ConfirmModalProps) {
  return (
    <Modal opened={choice !== null} onClose={onCancel} title={choice === null ? '' : `${CHOICE_WORDS[choice].label}?`}>
      {choice !== null && (
        <>
          <Text mb="lg">{CHOICE_WORDS[choice].sure}</Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={onCancel} data-autofocus>
              Back
            </Button>
            <Button
              color={choice === 'reject' ? 'red.9' : 'ledger'}
              autoContrast={choice !== 'reject'}
              onClick={() => onSure(choice)}
            >
              {CHOICE_WORDS[choice].label}
            </Button>
          </Group>
        </>
      )}
    </Modal>
  );
}
