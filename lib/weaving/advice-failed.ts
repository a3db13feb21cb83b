/**
 * Tells of what went wrong on our side of a call. That the program had used up its stack is no defect of ours: each call
 * that is under way then would tell of it, so it is told once a site.
 */
import type { FaultCode } from '../faults/catalogue.js';
import { messageOf, report } from '../faults/report.js';

/** Where it went wrong: a call site. */
interface Site {
  readonly name: string;
}

/** What advices threw, last first. A chain, since adding to it takes no call. */
export interface Failures {
  readonly error: unknown;
  readonly next: Failures | undefined;
}

const outOfStack = new WeakSet<Site>();

export function adviceFailed(site: Site, failures: Failures): void {
  for (let one: Failures | undefined = failures; one !== undefined; one = one.next) {
    tell('SPANDREL_ADVICE_FAILED', site, '', one.error);
  }
}

/** A function given for an option threw. */
export function optionFailed(site: Site, option: string, error: unknown): void {
  tell('SPANDREL_OPTION_FAILED', site, option, error);
}

function tell(code: FaultCode, site: Site, what: string, error: unknown): void {
  const message = messageOf(error);
  if (message === 'Maximum call stack size exceeded') {
    if (outOfStack.has(site)) return;
    outOfStack.add(site);
  }
  report(code, site.name, { what, error: message });
}
