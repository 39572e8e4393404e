import type { Choice } from '#core';
import { SureModal } from '../shared/SureModal.tsx';
import { CHOICE_WORDS } from '../words/choices.ts';

interface ConfirmModalProps {
  readonly choice: Choice | null;
  readonly onSure: (choice: Choice) => void;
  readonly onCancel: () => void;
}

export function ConfirmModal({ choice, onSure, onCancel }: ConfirmModalProps) {
  const { label = '', sure = '' } = choice === null ? {} : CHOICE_WORDS[choice];
  return (
    <SureModal
      opened={choice !== null}
      title={label === '' ? '' : `${label}?`}
      verb={label}
      isBad={choice === 'reject'}
      onSure={() => choice !== null && onSure(choice)}
      onBack={onCancel}
    >
      {sure}
    </SureModal>
  );
}
