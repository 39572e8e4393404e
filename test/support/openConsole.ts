import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { startConsole } from '#console';
import { silentLogger } from '#core';
import { type MemoryOffice, openMemoryOffice } from './memoryOffice.ts';

/** A console on an office in memory, for tests of the server. */
export interface OpenConsole extends MemoryOffice {
  readonly url: string;
  close(): Promise<void>;
}

export const BOTS = [
  { name: 'supplier-invoice', skill: 'accounts-payable', promiseSeconds: 14_400 },
  { name: 'delivery-note', skill: 'goods-in', promiseSeconds: 7_200 },
];

export async function openConsole(options: { token?: string; webRoot?: string } = {}): Promise<OpenConsole> {
  const memory = openMemoryOffice(BOTS);
  const door = { office: memory.office, host: '127.0.0.1', port: 0, webRoot: tmpdir(), log: silentLogger, ...options };
  return { ...memory, ...(await startConsole(door)) };
}

/** A request with headers that `fetch` does not let a caller choose. */
export function rawRequest(
  url: string,
  { method = 'GET', headers = {} }: { method?: string; headers?: Record<string, string> },
): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() }));
    });
    sent.on('error', reject);
    sent.end();
  });
}
