/** SQLSTATE classes of what is wrong with the data itself, however often it is written: its form, a constraint, its size. */
const DATA_FAULTS = ['22', '23', '54'];

/** The SQLSTATE of what the database refused, five characters. */
export function sqlState(error: unknown): string | undefined {
  if (!(error instanceof Error && 'code' in error && typeof error.code === 'string')) return undefined;
  return error.code.length === 5 ? error.code : undefined;
}

export function isDataFault(error: unknown): boolean {
  return DATA_FAULTS.includes(sqlState(error)?.slice(0, 2) ?? '');
}
