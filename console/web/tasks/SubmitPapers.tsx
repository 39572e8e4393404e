import { Anchor, Button, FileInput, List, NativeSelect, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Link } from 'wouter';
import type { OrderReceipt } from '#core';
import { call } from '../api/client.ts';
import { Tag } from '../shared/StateBadge.tsx';
import { atMoment } from '../words/time.ts';

/** Papers from this machine to a bot; each file gets its own receipt. */
export function SubmitPapers({ bots }: { readonly bots: readonly string[] }) {
  const client = useQueryClient();
  const [files, setFiles] = useState<File[]>([]);
  const [bot, setBot] = useState(bots[0] ?? '');
  const submit = useMutation({
    mutationFn: async () => {
      const form = new FormData();
      form.append('bot', bot);
      for (const file of files) form.append('file', file);
      const answer = await call<OrderReceipt | readonly OrderReceipt[]>('/api/tasks', {
        method: 'POST',
        form,
        accept: [422],
      });
      return [answer].flat();
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ['tasks'] }),
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    submit.mutate();
  };
  return (
    <form onSubmit={send}>
      <Stack>
        <FileInput
          label="Papers"
          description="PDF, JPEG, PNG, TIFF or WebP, 50 MB each at most."
          placeholder="Choose files"
          multiple
          value={files}
          onChange={setFiles}
          error={submit.error?.message}
          required
        />
        <NativeSelect
          label="Bot"
          data={[...bots]}
          value={bot}
          onChange={(event) => setBot(event.currentTarget.value)}
        />
        <Button type="submit" loading={submit.isPending} disabled={files.length === 0}>
          Submit
        </Button>
        {submit.data !== undefined && <Receipts names={files.map(({ name }) => name)} receipts={submit.data} />}
      </Stack>
    </form>
  );
}

function Receipts({
  names,
  receipts,
}: {
  readonly names: readonly string[];
  readonly receipts: readonly OrderReceipt[];
}) {
  return (
    <List size="sm" spacing={6} listStyleType="none" role="status">
      {receipts.map((receipt, i) => (
        <List.Item key={receipt.task}>
          <Anchor component={Link} href={`/tasks/${receipt.task}`} mr={8}>
            {names[i] ?? receipt.task}
          </Anchor>
          {receipt.refused !== null ? (
            <Tag tone="bad">Refused</Tag>
          ) : (
            <Tag tone={receipt.created ? 'good' : 'quiet'}>{receipt.created ? 'Taken' : 'Was here already'}</Tag>
          )}
          <Text size="sm" c="dimmed">
            {receipt.refused?.message ?? `Promised for ${atMoment(receipt.promisedAt)}`}
          </Text>
        </List.Item>
      ))}
    </List>
  );
}
