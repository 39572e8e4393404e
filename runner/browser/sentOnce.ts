import type { BrowserContext, Frame, Request, Route } from 'playwright-core';
import { type Clock, type Logger, sha256 } from '#core';

/** Lets a form with the same contents out of a window once, and none too late. */
export interface SentOnce {
  /**
   * Watches what is sent, until it is ended. While it watches, every request makes a detour, so it does only around a submit.
   * `leaveBy`: after that moment of `performance.now()` nothing that could write leaves the window; nor once the machine was
   * asleep until then, which stops that clock. `form`: the frame whose pages are asked for by the submit; any where absent.
   */
  watch(leaveBy: number, form?: Frame): Promise<void>;
  /** Its moment has passed, and nothing had left or not all: what is still on its way will be stopped, and the window is of no use. */
  isOverdue(): boolean;
  /** The submit was answered: what follows may leave at any time. */
  answered(): void;
  end(): void;
}

/**
 * Applications of that age store a form as often as they get it: a double click, a reload, Back and Post again are two records.
 * Requests of scripts are let through: those repeat themselves for good reasons.
 */
export function sendOnce(context: BrowserContext, clock: Pick<Clock, 'now'>, log: Logger): SentOnce {
  const sent = new Set<string>();
  let watching = false;
  /** Since the newest submit: something that could write, or a page that its frame asked for. */
  let left = false;
  let from: Frame | undefined;
  let stopped = false;
  let latest = Number.POSITIVE_INFINITY;
  let latestWaking = Number.POSITIVE_INFINITY;
  const isLate = () => performance.now() > latest || clock.now() > latestWaking;
  const isOverdue = () => isLate() && (stopped || !left);

  async function letOut(route: Route): Promise<void> {
    const request = route.request();
    const [isGet, opensPage] = [request.method() === 'GET', request.isNavigationRequest()];
    // There are forms that are sent by GET. Once something has left in time, pages that are asked for belong to the answer.
    if (isGet ? opensPage && isOverdue() : isLate()) {
      stopped = true;
      log.warn('a form was about to be sent too late, and was stopped');
      return route.abort('blockedbyclient');
    }
    if (!isGet || (opensPage && (from === undefined || frameOf(request) === from))) left = true;
    if (request.method() !== 'POST' || !opensPage) return route.continue();
    const form = sha256(`${request.url()}\n${request.postDataBuffer()?.toString('base64') ?? ''}`);
    if (!sent.has(form)) {
      sent.add(form);
      return route.continue();
    }
    log.warn('a form that was already sent was about to be sent again, and was stopped');
    return route.abort('blockedbyclient');
  }
  // The page may be gone before its request is.
  const guard = (route: Route) => letOut(route).catch(() => {});

  return {
    async watch(leaveBy, form) {
      latest = leaveBy;
      latestWaking = clock.now() + leaveBy - performance.now();
      from = form;
      left = false;
      stopped = false;
      if (watching) return;
      watching = true;
      await context.route('**', guard);
    },
    isOverdue,
    answered() {
      latest = Number.POSITIVE_INFINITY;
      latestWaking = Number.POSITIVE_INFINITY;
    },
    end() {
      if (!watching || isOverdue()) return;
      watching = false;
      sent.clear();
      // A browser that hangs would never answer, and nothing waits for it: routes are taken away in the order they were set.
      context.unroute('**', guard).catch(() => {});
    },
  };
}

/** The first page of a popup is asked for before there is a frame for it. */
function frameOf(request: Request): Frame | undefined {
  try {
    return request.frame();
  } catch {
    return undefined;
  }
}
