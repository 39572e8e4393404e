import { buffer } from 'node:stream/consumers';
import type { MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Order } from '#core';
import { LARGEST_FILE, Refusal, tooLarge } from './errors.ts';
import { present } from './present.ts';
import { type OrderBody, orderBody } from './schemas.ts';

/** All files of one request lie in memory until the first is submitted. */
const LARGEST_UPLOAD = 5 * LARGEST_FILE;

/** The orders of one request, and whether the caller sent one or a list. */
export async function ordersOf(request: FastifyRequest): Promise<{ orders: readonly Order[]; many: boolean }> {
  if (!request.isMultipart()) return { orders: [orderOf(parsed(request.body))], many: false };
  const { papers, fields } = await upload(request);
  const order = orderOf(parsed(fields));
  if (papers.length === 0) return { orders: [order], many: false };
  if (papers.length > 1 && order.key !== undefined) {
    throw new Refusal(400, 'key-for-many', 'One key names one paper: send the files one by one.', 'key');
  }
  return { orders: papers.map((paper) => ({ ...order, paper })), many: papers.length > 1 };
}

async function upload(request: FastifyRequest) {
  const papers: NonNullable<Order['paper']>[] = [];
  const fields: Record<string, unknown> = {};
  let total = 0;
  for await (const part of request.parts()) {
    if (part.type === 'field') fields[part.fieldname] = fieldValue(part.fieldname, part.value);
    else {
      const bytes = await bytesOf(part);
      total += bytes.length;
      if (total > LARGEST_UPLOAD) throw tooLargeRefusal();
      papers.push({ name: part.filename || 'paper', bytes });
    }
  }
  return { papers, fields };
}

/** A form's fields are text: the number and the JSON among them are read here, faults named by the schema. */
function fieldValue(name: string, value: unknown): unknown {
  if (typeof value !== 'string' || value === '') return undefined;
  if (name === 'priority') return Number(value);
  if (name !== 'input') return value;
  try {
    return JSON.parse(value);
  } catch {
    throw new Refusal(400, 'invalid-request', 'This is no JSON.', 'input');
  }
}

async function bytesOf(part: MultipartFile): Promise<Uint8Array> {
  const bytes = await buffer(part.file);
  if (part.file.truncated) throw tooLargeRefusal();
  return bytes;
}

function tooLargeRefusal(): Refusal {
  const { code, message } = tooLarge().error;
  return new Refusal(413, code, message, 'file');
}

function parsed(body: unknown): OrderBody {
  const result = orderBody.safeParse(body ?? {});
  if (result.success) return result.data;
  const first = result.error.issues[0];
  throw new Refusal(400, 'invalid-request', first?.message ?? z.prettifyError(result.error), first?.path.join('.'));
}

function orderOf({ bot, key, due, priority, input, document }: OrderBody): Order {
  const paper = document && { name: document.name, bytes: paperBytes(document.base64) };
  return present({ bot, key, dueAt: due, priority, input, paper });
}

function paperBytes(base64: string): Uint8Array {
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length > LARGEST_FILE) throw tooLargeRefusal();
  return bytes;
}
