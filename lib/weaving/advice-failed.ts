/**
 * Tells of what went wrong on our side of a call. That the program had used up its stack is no defect of ours: each call
 * that is under way then would tell of it, so it is told once a site.
 */
import type { FaultCode } from '../faults/catalogue.js';
import { messageOf, report } from '../faults/report.js';
import { isOutOfStack, roomFor } from './room-for.js';

/** Where it went wrong: a call site. */
interface Site {
  readonly name: string;
}

/**
 * In place of what was thrown, where nothing was. What is thrown is kept in variables that are there already: at the end of
 * the stack there may be no room to make an object for it, and what is thrown anew in a `catch` goes to the user.
 */
export const nothing: unique symbol = Symbol('nothing');

const outOfStack = new WeakSet<Site>();

/** Advices threw this, or `nothing`. */
export function adviceFailed(site: Site, ...thrown: readonly unknown[]): void {
  for (const error of thrown) if (error !== nothing) tell('SPANDREL_ADVICE_FAILED', site, '', error);
}

/** A function given for an option threw. */
export function optionFailed(site: Site, option: string, error: unknown): void {
  tell('SPANDREL_OPTION_FAILED', site, option, error);
}

/** Whether the stack has room to put a sentence together; where not, another call will tell it. */
function hasRoom(): boolean {
  try {
    roomFor(1024);
    return true;
  } catch {
    return false;
  }
}

function tell(code: FaultCode, site: Site, what: string, error: unknown): void {
  if (isOutOfStack(error)) {
    if (outOfStack.has(site) || !hasRoom()) return;
    outOfStack.add(site);
  }
  report(code, site.name, { what, error: messageOf(error) });
}
