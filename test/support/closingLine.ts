import type { SerializedError } from 'vitest';
import type { Reporter, TestModule } from 'vitest/node';

/** Closes a run with one plain line that programs and people find at once: `tests: 812 passed, 0 failed`. */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly SerializedError[]): void {
    const states = modules.flatMap((module) => [...module.children.allTests()].map((test) => test.result().state));
    const count = (state: string) => states.filter((found) => found === state).length;
    const brokenFiles = modules.filter((module) => module.errors().length > 0).length;
    const skipped = count('skipped') + count('pending');
    const closing = `tests: ${count('passed')} passed, ${count('failed') + brokenFiles + errors.length} failed`;
    process.stdout.write(`${closing}${skipped > 0 ? `, ${skipped} skipped` : ''}\n`);
  }
}
