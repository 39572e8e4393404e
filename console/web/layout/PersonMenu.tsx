import { Button, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { usePerson } from '../api/person.ts';
import { PersonIcon } from '../shared/icons.tsx';
import { PersonForm } from './PersonForm.tsx';
import classes from './shell.module.css';

/** Who works in this browser, and the way to change it. */
export function PersonMenu() {
  const [person] = usePerson();
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button
        variant="subtle"
        color="gray"
        c="inherit"
        px={8}
        leftSection={<PersonIcon />}
        onClick={open}
        aria-label={person === '' ? 'Say who you are' : `You are ${person}. Change`}
        className={classes['person'] ?? ''}
      >
        <span className={classes['personName']}>{person === '' ? 'Who are you?' : person}</span>
      </Button>
      <Modal opened={opened} onClose={close} title="Who works here?">
        <PersonForm onDone={close} />
      </Modal>
    </>
  );
}
