import { Button, Group, Modal, NativeSelect, SegmentedControl } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { useSearchParams } from 'wouter';
import type { TaskState } from '#core';
import { useOverview, useTasks } from '../api/queries.ts';
import { UploadIcon } from '../shared/icons.tsx';
import { Loaded } from '../shared/Loaded.tsx';
import { Page } from '../shared/Page.tsx';
import { STATE_WORDS } from '../words/tasks.ts';
import { SubmitPapers } from './SubmitPapers.tsx';
import { TaskTable } from './TaskTable.tsx';
import classes from './tasks.module.css';

const PAGE = 50;
const STATES = Object.keys(STATE_WORDS) as TaskState[];

/** All tasks, the newest first. The filters stand in the address, so that a view can be kept and sent. */
export function TasksPage() {
  const [params, setParams] = useSearchParams();
  const [opened, { open, close }] = useDisclosure(false);
  const [before, setBefore] = useState<readonly string[]>([]);
  const state = STATES.find((one) => one === params.get('state'));
  const bot = params.get('bot') ?? undefined;
  const query = useTasks({ state, bot, after: before.at(-1), limit: PAGE });
  const bots = useOverview().data?.bots.map(({ name }) => name) ?? [];

  const filter = (name: string, value: string) => {
    setBefore([]);
    setParams((now) => {
      const next = new URLSearchParams(now);
      if (value === '') next.delete(name);
      else next.set(name, value);
      return next;
    });
  };

  return (
    <Page
      title="Tasks"
      lead="One paper, one task, one end. The newest first."
      actions={
        <Button leftSection={<UploadIcon />} onClick={open}>
          Add papers
        </Button>
      }
    >
      <Group className={classes['filters'] ?? ''} gap="sm">
        <SegmentedControl
          className={classes['states'] ?? ''}
          aria-label="State"
          value={state ?? ''}
          onChange={(value) => filter('state', value)}
          data={[{ value: '', label: 'All' }, ...STATES.map((one) => ({ value: one, label: STATE_WORDS[one].word }))]}
        />
        <NativeSelect
          aria-label="Bot"
          value={bot ?? ''}
          onChange={(event) => filter('bot', event.currentTarget.value)}
          data={[{ value: '', label: 'All bots' }, ...bots]}
        />
      </Group>
      <Loaded query={query}>
        {(tasks) => (
          <>
            <TaskTable tasks={tasks} />
            <Group justify="space-between" mt="md">
              <Button variant="default" disabled={before.length === 0} onClick={() => setBefore(before.slice(0, -1))}>
                Newer
              </Button>
              <Button
                variant="default"
                disabled={tasks.length < PAGE}
                onClick={() => setBefore([...before, tasks.at(-1)?.id ?? ''])}
              >
                Older
              </Button>
            </Group>
          </>
        )}
      </Loaded>
      <Modal opened={opened} onClose={close} title="Add papers">
        <SubmitPapers bots={bots} />
      </Modal>
    </Page>
  );
}
