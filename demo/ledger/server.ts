import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Faults } from './faults.ts';
import type { Html } from './html.ts';
import type { Books } from './journal.ts';
import { type Form, fitLatin1, readForm } from './latin1.ts';
import * as enquiries from './screens/enquiries.ts';
import * as frames from './screens/frames.ts';
import { goodsReceiptScreen } from './screens/goods-receipt.ts';
import * as memos from './screens/memo.ts';
import type { Answer, Screen } from './screens/screen.ts';
import { vendorPopup } from './screens/vendor-popup.ts';
import { voucherScreen } from './screens/voucher.ts';
import type { Sessions } from './sessions.ts';
import type { Failure, LoginMethod } from './types.ts';

/** Screens of the menu and below: they need a session, and are refused to a call that comes from nowhere. */
const SCREENS: Readonly<Record<string, Screen>> = {
  '/menu.asp': frames.menuPage,
  '/welcome.asp': frames.welcomePage,
  '/voucher.asp': voucherScreen,
  '/receipt.asp': goodsReceiptScreen,
  '/pick.asp': vendorPopup,
  '/memo.asp': memos.memoScreen,
  '/memo_file.asp': memos.memoFile,
  '/enq_vouchers.asp': enquiries.voucherEnquiry,
  '/enq_voucher.asp': enquiries.voucherDetail,
  '/enq_receipts.asp': enquiries.receiptEnquiry,
  '/enq_receipt.asp': enquiries.receiptDetail,
  '/enq_vendors.asp': enquiries.vendorEnquiry,
  '/enq_vendor.asp': enquiries.vendorDetail,
  '/enq_memos.asp': memos.memoEnquiry,
  '/enq_memo.asp': memos.memoDetail,
};

const DOORS = ['/', '/login.asp', '/frames.asp', '/logout.asp'];

/** Forms that a survey lies over while it is being held. */
const SURVEYED = ['/voucher.asp', '/receipt.asp'];

const MAX_BODY = 65_536;

interface Reply {
  readonly status: number;
  readonly page?: Html;
  readonly headers?: Readonly<Record<string, string>>;
  /** How it does not get through to its end, if it does not. */
  readonly ending?: Exclude<Failure, 'error' | 'bad-gateway'>;
}

interface Request {
  readonly path: string;
  /** The query as it came. */
  readonly search: string;
  readonly query: Form;
  readonly form: Form | undefined;
  readonly token: string | undefined;
  readonly fromOwnPage: boolean;
}

export interface Office {
  readonly books: Books;
  readonly sessions: Sessions;
  readonly faults: Faults;
  readonly loginBy: LoginMethod;
  readonly now: () => number;
  /** Called for each request that reaches the application. */
  readonly count: (path: string) => void;
}

export function ledgerServer(office: Office): Server {
  // Whatever the application was doing when it went down, it does not finish after it came back.
  let life = new AbortController();
  return createServer((incoming, outgoing) => {
    serve(office, incoming, outgoing, life.signal).catch(() =>
      send(outgoing, { status: 500, page: frames.serverErrorPage() }, life.signal),
    );
  }).on('close', () => {
    life.abort();
    life = new AbortController();
  });
}

async function serve(
  office: Office,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  life: AbortSignal,
): Promise<void> {
  const request = await readRequest(incoming);
  if (!isPage(request.path)) return send(outgoing, { status: 404, page: frames.notFoundPage() }, life);
  office.count(request.path);
  const waits = office.faults.waits();
  if (waits.before > 0) await wait(waits.before, undefined, { signal: life });
  const reply = answer(office, request);
  if (waits.after > 0) await wait(waits.after, undefined, { signal: life });
  send(outgoing, reply, life);
}

/** The application's answer to one request. What is only cut short is made first, as it is elsewhere. */
function answer(office: Office, request: Request): Reply {
  const failure = office.faults.takeFailure('page');
  if (failure && failure !== 'cut-short') return failed(failure);
  if (office.faults.walled()) return page(frames.loginPage(office.loginBy));
  const reply = answerOf(office, request);
  return failure ? failed(failure, reply) : reply;
}

function answerOf(office: Office, request: Request): Reply {
  const screen = SCREENS[request.path];
  if (!screen) return door(office, request);
  const session = office.sessions.find(request.token);
  if (!session) return page(frames.expiredPage());
  if (!request.fromOwnPage) return page(frames.refusedPage());

  const { query, form } = request;
  const shown = screen({
    query,
    form,
    session,
    books: office.books,
    now: office.now(),
    drift: office.faults.drifted(),
  });
  if (!('page' in shown)) return post(office, shown);
  const surveyed = office.faults.intruded() && SURVEYED.includes(request.path);
  return page(surveyed ? frames.underSurvey(shown.page) : shown.page);
}

/** Writes the record, or fails at the point it was told to fail at. */
function post({ faults, sessions }: Office, { write }: Extract<Answer, { write: unknown }>): Reply {
  const failedBefore = faults.takeFailure('before-write');
  if (failedBefore) return failed(failedBefore);
  if (faults.takeSignOut('before-write')) {
    sessions.signOutAll();
    return page(frames.expiredPage());
  }
  const posted = write(faults.takeMisfiling());
  const failedAfter = faults.takeFailure('after-write');
  if (failedAfter) return failed(failedAfter, page(posted));
  if (faults.takeSignOut('after-write')) {
    sessions.signOutAll();
    return page(frames.expiredPage());
  }
  return page(posted);
}

/** What is open to everybody: the login, the frameset behind it, the way out. */
function door(office: Office, request: Request): Reply {
  const { path, query, form, token } = request;
  if (path === '/frames.asp') return behindLogin(office, request);
  if (path === '/logout.asp') office.sessions.signOut(token);
  const login = form ?? (query.has('f1') ? query : undefined);
  return login ? signIn(office, login, request.search) : page(frames.loginPage(office.loginBy));
}

function behindLogin({ sessions, faults }: Office, { query, token, search }: Request): Reply {
  const session = sessions.find(token);
  if (!session) return page(frames.expiredPage());
  if (query.has('skip')) session.toured = true;
  return page(faults.intruded() && !session.toured ? frames.tourPage(search) : frames.frameset());
}

function isPage(path: string): boolean {
  return Object.hasOwn(SCREENS, path) || DOORS.includes(path);
}

/** `asked` is the query that the login came with, if it came with one: it is handed on. */
function signIn({ sessions, loginBy }: Office, form: Form, asked: string): Reply {
  const [user = '', password = ''] = [form.get('f1'), form.get('f2')];
  const result = sessions.signIn(user, password, form.get('f4') ?? undefined);
  if ('refused' in result) {
    if (result.wantsCode) return page(frames.codePage(loginBy, user, password));
    return page(result.expired ? frames.newPasswordPage(result.refused) : frames.loginPage(loginBy, result.refused));
  }
  const location = asked === '' ? '/frames.asp' : `/frames.asp?${asked}`;
  return { status: 302, headers: { Location: location, 'Set-Cookie': `LSID=${result.token}; path=/` } };
}

function page(content: Html): Reply {
  return { status: 200, page: content };
}

/** `whole` is what would have been answered. */
function failed(how: Failure, whole: Reply = page(frames.serverErrorPage())): Reply {
  if (how === 'error') return { status: 500, page: frames.serverErrorPage() };
  if (how === 'bad-gateway') return { status: 502, page: frames.badGatewayPage() };
  return { ...whole, ending: how };
}

async function readRequest(incoming: IncomingMessage): Promise<Request> {
  const [path = '/', search = ''] = (incoming.url ?? '/').split('?');
  const own = `http://${incoming.headers.host}/`;
  return {
    path,
    search,
    query: readForm(search),
    form: incoming.method === 'POST' ? readForm(await readBody(incoming)) : undefined,
    token: /(?:^|;\s*)LSID=(\w+)/.exec(incoming.headers.cookie ?? '')?.[1],
    fromOwnPage: (incoming.headers.referer ?? '').startsWith(own),
  };
}

async function readBody(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY) throw new Error('The form is too large.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('latin1');
}

function send(outgoing: ServerResponse, { status, page: content, headers, ending }: Reply, life: AbortSignal): void {
  if (ending === 'hang') return;
  if (ending === 'endless') return void sendForEver(outgoing, life).catch(() => {});
  const body = Buffer.from(fitLatin1(content?.markup ?? ''), 'latin1');
  outgoing.writeHead(status, {
    'Content-Type': 'text/html; charset=ISO-8859-1',
    'Content-Length': body.length,
    'Cache-Control': 'private, max-age=0',
    ...headers,
  });
  if (ending === 'cut-short') outgoing.write(body.subarray(0, body.length / 2), () => outgoing.destroy());
  else outgoing.end(body);
}

/** A file of which there is always more, until the user or the application goes away. */
async function sendForEver(outgoing: ServerResponse, life: AbortSignal): Promise<void> {
  outgoing.writeHead(200, {
    'Content-Type': 'application/octet-stream',
    'Content-Disposition': 'attachment; filename=export.dat',
  });
  while (!outgoing.destroyed) {
    outgoing.write(Buffer.alloc(65_536));
    await wait(20, undefined, { signal: life });
  }
}
