import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** A console that runs on this data folder. */
export interface Instance {
  readonly url: string;
  readonly pid: number;
}

const fileIn = (folder: string) => path.join(folder, 'instance.json');

/** Leaves word in the data folder where the console is, so that the command line finds it. */
export async function announce(folder: string, instance: Instance): Promise<{ withdraw(): Promise<void> }> {
  await writeFile(fileIn(folder), JSON.stringify(instance));
  return { withdraw: () => rm(fileIn(folder), { force: true }) };
}

/** The console that runs on this data folder; undefined when none does, or its process is gone. */
export async function runningInstance(folder: string): Promise<Instance | undefined> {
  const text = await readFile(fileIn(folder), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const instance: Instance = JSON.parse(text);
  // In a container the next process often has the id of the one before it.
  return instance.pid !== process.pid && isAlive(instance.pid) ? instance : undefined;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It is there, and another user's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
