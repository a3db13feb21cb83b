/**
 * Tells of what went wrong on our side of a call. That the program had used up its stack is no defect of ours: each call
 * that is under way then would tell of it, so it is told once a site.
 */
import type { FaultCode } from '../faults/catalogue.js';
import { messageOf, report } from '../faults/report.js';
import type { CallSite } from './call-site.js';

/** What advices threw, last first. A chain, since adding to it takes no call. */
export interface Failures {
  readonly error: unknown;
  readonly next: Failures | undefined;
}

const outOfStack = new WeakSet<CallSite>();

export function adviceFailed(site: CallSite, failures: Failures): void {
  for (let one: Failures | undefined = failures; one !== undefined; one = one.next) {
    tell('SPANDREL_ADVICE_FAILED', site, '', one.error);
  }
}

/** A function given for an option threw. */
export function optionFailed(site: CallSite, option: string, error: unknown): void {
  tell('SPANDREL_OPTION_FAILED', site, option, error);
}

function tell(code: FaultCode, site: CallSite, what: string, error: unknown): void {
  const message = messageOf(error);
  if (message === 'Maximum call stack size exceeded') {
    if (outOfStack.has(site)) return;
    outOfStack.add(site);
  }
  report(code, site.name, { what, error: message });
}
