/** Of radio buttons, the checked one is where the cursor belongs. */
function isCheckedOf(first: HTMLElement | undefined, entry: HTMLElement): boolean {
  if (!(first instanceof HTMLInputElement && entry instanceof HTMLInputElement)) return false;
  return first.type === 'radio' && entry.name === first.name && entry.checked;
}

/** Puts the cursor into a field's entry, or into the first of the desk. Where there is no form it stays: no choice is one key away by chance. */
export function focusEntry(desk: HTMLElement | null, field?: string): void {
  const within = field === undefined ? desk : desk?.querySelector<HTMLElement>(`[data-field="${CSS.escape(field)}"]`);
  const entries = [...(within?.querySelectorAll<HTMLElement>('[data-entry]') ?? [])];
  const first = entries[0];
  (entries.find((entry) => isCheckedOf(first, entry)) ?? first)?.focus();
}
