import { Radio, Stack } from '@mantine/core';

interface PolicyChoiceProps<P extends string> {
  readonly label: string;
  readonly words: Readonly<Record<P, { readonly label: string; readonly sentence: string }>>;
  readonly value: P;
  readonly onChange: (value: P) => void;
}

export function PolicyChoice<P extends string>({ label, words, value, onChange }: PolicyChoiceProps<P>) {
  return (
    <Radio.Group label={label} value={value} onChange={(chosen) => onChange(chosen as P)}>
      <Stack gap={6} mt={6}>
        {(Object.keys(words) as P[]).map((policy) => (
          <Radio key={policy} value={policy} label={words[policy].label} description={words[policy].sentence} />
        ))}
      </Stack>
    </Radio.Group>
  );
}
