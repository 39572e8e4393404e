import { ConfigError } from '#config';
import { InvalidInput, RekeyError, redactUrls } from '#core';

/** Exit codes, as docs/operations.md lists them. */
export const EXIT = { done: 0, notDone: 1, wrongInput: 64, unavailable: 69, wrongSettings: 78 } as const;
const ENDED_BY_SIGPIPE = 128 + 13;

/** Says on stderr what was wrong, and gives the exit code. An error nobody foresaw is shown with its stack. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof ConfigError) {
    process.stderr.write(`rekey: ${error.message}\n`);
    return EXIT.wrongSettings;
  }
  if (error instanceof InvalidInput) {
    process.stderr.write(`rekey: ${error.where}: ${error.message}\n`);
    return EXIT.wrongInput;
  }
  if (error instanceof RekeyError) {
    process.stderr.write(`rekey: ${error.message} (${error.code})\n`);
    return EXIT.unavailable;
  }
  if (isOfTheSystem(error)) {
    process.stderr.write(`rekey: ${error.message}\n`);
    return EXIT.unavailable;
  }
  process.stderr.write(`${redactUrls(String(error instanceof Error ? error.stack : error))}\n`);
  return EXIT.notDone;
}

/** What the operating system refuses names the file and the reason by itself: `EACCES: permission denied, open '…'`. */
function isOfTheSystem(error: unknown): error is Error {
  return error instanceof Error && 'syscall' in error && 'path' in error;
}

/** Whoever reads what a command prints may have enough of it (`rekey read papers/ | head`): it then ends as a pipe does. */
export function endWithReader(output: NodeJS.WriteStream): void {
  output.on('error', (error: NodeJS.ErrnoException) => {
    process.exit(error.code === 'EPIPE' ? ENDED_BY_SIGPIPE : exitCodeOf(error));
  });
}
