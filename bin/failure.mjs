/** Something this machine lacks. The message says in one line what to do. */
export class SetupFailed extends Error {
  /** @override */
  name = 'SetupFailed';
}

/** Exit code for "a thing this needs is not here" (EX_UNAVAILABLE). */
const UNAVAILABLE = 69;

/**
 * Runs a script's main function and ends the process with the code it gives.
 * @param {() => Promise<number>} main
 */
export async function exitWith(main) {
  try {
    process.exitCode = await main();
  } catch (error) {
    if (!(error instanceof SetupFailed)) throw error;
    process.stderr.write(`rekey: ${error.message}\n`);
    process.exitCode = UNAVAILABLE;
  }
}
