import { sha256 } from '#core';
import { allowedPages, type Desk, type Paper } from './desk.ts';
import { ReadError } from './errors.ts';
import { type HeldFile, type OpenDocument, openDocument } from './openDocument.ts';

/** One document of a paper: the paper itself, or a file within it. Its own pages are the paper's from `first` on. */
export interface PaperPart {
  readonly paper: Paper;
  /** How it is called where it cannot be read. */
  readonly name: string;
  readonly first: number;
  readonly pages: number;
  /** It lies within a PDF: beside the paper, which a mail's attachments are. */
  readonly isAttached: boolean;
  /** The files in it that are not opened, and so have no pages. */
  readonly unread: readonly string[];
}

/** Files in files in files are followed so far. */
const MOST_DEPTH = 3;
/** Over the whole of a paper. */
const MOST_FILES = 100;

/** What the files within a paper may have together; taken as they are opened. */
interface Room {
  pages: number;
  bytes: number;
  files: number;
  /** Of each document that was opened: a file that is there twice is read once. */
  readonly known: Set<string>;
  /** Of each file that came with a mail itself: there it is read, wherever else it is attached. */
  readonly sent: Set<string>;
}

type UnplacedPart = Omit<PaperPart, 'first'>;

/**
 * Which pages a paper has, from the paper itself through each file within it, in order, none of them read: readings,
 * pictures and second readings all go by this list, so that a page's number means the same page to each, whatever may
 * fail later. A file that cannot be opened, or for which the paper has no room left, is among the `unread` of the one
 * that holds it. Rejects with a `ReadError` where the paper itself passes a limit.
 */
export async function partsOf(document: OpenDocument, paper: Paper, desk: Desk): Promise<PaperPart[]> {
  const { pages, bytes } = desk.limits;
  const room: Room = { pages, bytes, files: MOST_FILES, known: new Set(), sent: new Set() };
  const parts = await partsWithin(document, { paper, name: 'The paper', depth: 0, isAttached: false }, room, desk);
  let next = 1;
  return parts.map((part) => {
    const first = next;
    next += part.pages;
    return { ...part, first };
  });
}

interface Held {
  readonly paper: Paper;
  readonly name: string;
  /** Counts the documents around it. */
  readonly depth: number;
  readonly isAttached: boolean;
}

async function partsWithin(document: OpenDocument, held: Held, room: Room, desk: Desk): Promise<UnplacedPart[]> {
  const { paper, name, depth, isAttached } = held;
  // Refused before its files are looked at, and those leave room for saying that none of them is read.
  takePages(document.pages([]), room, desk);
  const files = (await document.files()).map((file) => ({ ...file, hash: file.bytes && sha256(file.bytes) }));
  const most = document.pages(files.map((file) => file.name));
  takePages(most - document.pages([]), room, desk);
  const below = { paper, depth: depth + 1, isAttached: isAttached || document.mime === 'application/pdf' };
  if (files.length > 0) room.known.add(sha256(paper.bytes));
  if (!below.isAttached) for (const { hash } of files) if (hash) room.sent.add(hash);
  const found: UnplacedPart[] = [];
  const unread: string[] = [];
  for (const file of files) {
    const parts = await openFile({ ...below, ...file }, room, desk);
    if (parts) found.push(...parts);
    else unread.push(file.name);
  }
  const pages = document.pages(unread);
  room.pages += most - pages;
  return [{ paper, name, pages, isAttached, unread }, ...found];
}

/** Nothing where it is a copy of one that was opened; undefined where it is not opened. `paper` is what holds it. */
async function openFile(
  { bytes, hash, ...file }: HeldFile & Held & { readonly hash: string | undefined },
  room: Room,
  desk: Desk,
): Promise<UnplacedPart[] | undefined> {
  if (!bytes || !hash || file.depth > MOST_DEPTH || room.files === 0 || bytes.length > room.bytes) return undefined;
  if (room.known.has(hash) || (file.isAttached && room.sent.has(hash))) return [];
  room.files--;
  room.bytes -= bytes.length;
  desk.step('text');
  const paper = { ...file.paper, bytes };
  const parts = await withDocument(paper, desk, async (document) => {
    await document.check();
    return partsWithin(document, { ...file, paper }, room, desk);
  }).catch(refused);
  if (parts) room.known.add(hash);
  return parts;
}

function takePages(pages: number, room: Room, { limits }: Desk): void {
  const taken = limits.pages - room.pages;
  allowedPages(taken + pages, limits);
  room.pages -= pages;
}

/** Closes what it opened, whatever came of the work. */
export async function withDocument<T>(
  paper: Paper,
  desk: Desk,
  work: (document: OpenDocument) => Promise<T>,
): Promise<T> {
  const document = await openDocument(paper, desk);
  try {
    return await work(document);
  } finally {
    await document.close();
  }
}

/** What is wrong with one file concerns no other; what is wrong with the machine does. */
export function refused(error: unknown): undefined {
  if (!(error instanceof ReadError)) throw error;
}
