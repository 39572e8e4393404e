import { Modal, SimpleGrid, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import type { Evidence } from '#core';
import { blobUrl } from '../api/client.ts';
import classes from './pictures.module.css';

/** Screenshots as small pictures; one click shows the whole. */
export function Pictures({ pictures }: { readonly pictures: readonly Evidence[] }) {
  const [open, setOpen] = useState<Evidence | null>(null);
  if (pictures.length === 0) return null;
  return (
    <>
      <SimpleGrid cols={{ base: 2, sm: 3 }} spacing="sm" type="container">
        {pictures.map((picture) => (
          <UnstyledButton
            key={picture.sha256 + picture.label}
            className={classes['small']}
            onClick={() => setOpen(picture)}
            aria-label={`Enlarge: ${picture.label}`}
          >
            <img src={blobUrl(picture.sha256)} alt="" loading="lazy" />
            <span>{picture.label}</span>
          </UnstyledButton>
        ))}
      </SimpleGrid>
      <Modal opened={open !== null} onClose={() => setOpen(null)} title={open?.label} size="90%">
        {open !== null && <img className={classes['large']} src={blobUrl(open.sha256)} alt={open.label} />}
      </Modal>
    </>
  );
}
