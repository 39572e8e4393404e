import { execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';
import { folderOf, freePort, type MortalServer, startServer } from './program.ts';

export function hasRedis(): boolean {
  return folderOf('redis-server') !== undefined && folderOf('redis-cli') !== undefined;
}

/** A Redis of one's own on a free port, working in `folder`; nothing is kept on disk unless the settings say so. */
export async function startRedis(folder: string, ...settings: string[]): Promise<MortalServer> {
  const port = await freePort();
  const options = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', folder, ...settings];
  return startServer(`redis://127.0.0.1:${port}`, {
    name: 'Redis',
    start: () => spawn('redis-server', options, { stdio: 'ignore' }),
    ask: async () => void (await promisify(execFile)('redis-cli', ['-p', String(port), 'ping'])),
    politely: 'SIGTERM',
    rudely: 'SIGKILL',
  });
}
