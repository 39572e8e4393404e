/** Puts the cursor into a field's entry, or into the first entry of the desk: the first choice where there is no form. */
export function focusEntry(desk: HTMLElement | null, field?: string): void {
  const within = field === undefined ? desk : desk?.querySelector<HTMLElement>(`[data-field="${CSS.escape(field)}"]`);
  const entries = [...(within?.querySelectorAll<HTMLElement>('[data-entry]') ?? [])];
  const checked = entries.find((entry) => entry instanceof HTMLInputElement && entry.type === 'radio' && entry.checked);
  (checked ?? entries[0])?.focus();
}
