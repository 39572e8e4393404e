import { useLocalStorage } from '@mantine/hooks';

/** The name under which this browser's answers are written down; asked once. */
export function usePerson() {
  return useLocalStorage<string>({ key: 'rekey.person', defaultValue: '', getInitialValueInEffect: false });
}
