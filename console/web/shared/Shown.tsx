/** Any value as a person reads it: absence in words, structures as short text. */
export function Shown({ value }: { readonly value: unknown }) {
  if (value === null || value === undefined || value === '') return <>—</>;
  if (Array.isArray(value)) return <>{value.length === 1 ? '1 entry' : `${value.length} entries`}</>;
  if (typeof value === 'object') return <>{JSON.stringify(value)}</>;
  if (typeof value === 'boolean') return <>{value ? 'yes' : 'no'}</>;
  return <>{String(value)}</>;
}
