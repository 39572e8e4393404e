import { Anchor, Modal, SimpleGrid, Text, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import type { BROWSER_TRACE, Evidence } from '#core';
import { blobUrl } from '../api/client.ts';
import classes from './pictures.module.css';

const TRACE: typeof BROWSER_TRACE = 'browser trace';

/** Screenshots as small pictures; one click shows the whole. What is no picture can be fetched. */
export function Pictures({ pictures: evidence }: { readonly pictures: readonly Evidence[] }) {
  const [open, setOpen] = useState<Evidence | null>(null);
  const pictures = evidence.filter(({ label }) => label !== TRACE);
  const traces = evidence.filter(({ label }) => label === TRACE);
  if (evidence.length === 0) return null;
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
      {traces.map(({ sha256 }) => (
        <Text key={sha256} size="sm" mt="xs">
          <Anchor href={blobUrl(sha256)} download="browser-trace.zip">
            What the bot did before it failed
          </Anchor>{' '}
          (for Playwright’s trace viewer, without values)
        </Text>
      ))}
      <Modal opened={open !== null} onClose={() => setOpen(null)} title={open?.label} size="90%">
        {open !== null && <img className={classes['large']} src={blobUrl(open.sha256)} alt={open.label} />}
      </Modal>
    </>
  );
}
