/**
 * Makes one span of like spans in a row: a loop that calls the same method a thousand times is one span that says so. Like are
 * those of one site below one parent, of one name, with the same attributes, in which nothing went wrong and nothing happened; and only those
 * are taken together that nothing is below, here or in another process.
 */
import type { Attributes } from '@opentelemetry/api';
import { ATTR_SPANDREL_COLLAPSED_COUNT, ATTR_SPANDREL_COLLAPSED_DURATION } from '../conventions/attributes.js';
import type { DecidedSpan, SpanRun } from './local-trace.js';
import { WovenSpan } from './woven-span.js';

export class Run implements SpanRun {
  readonly #first: WovenSpan;
  /** What it had before it stood for others. */
  readonly #attributes: Attributes;
  #count = 1;
  #ms: number;

  constructor(first: WovenSpan) {
    this.#first = first;
    this.#attributes = first.held;
    this.#ms = first.tookMs;
  }

  /** Whether a span that has ended is one more of the same: then the first stands for it too. */
  takes(next: DecidedSpan): boolean {
    const first = this.#first;
    if (!(next instanceof WovenSpan) || !isPlain(next)) return false;
    if (first.details !== undefined || first.asked !== undefined) return false;
    if (first.site !== next.site || first.above !== next.above || first.name !== next.name) return false;
    if (!areEqual(this.#attributes, next.held)) return false;
    this.#count += 1;
    this.#ms += next.tookMs;
    first.endedAt = Math.max(first.endedAt, next.endedAt);
    const told = { [ATTR_SPANDREL_COLLAPSED_COUNT]: this.#count, [ATTR_SPANDREL_COLLAPSED_DURATION]: this.#ms / 1e3 };
    first.held = { ...this.#attributes, ...told };
    next.standsBehind(first);
    return true;
  }
}

/** A run that may begin with a span; `undefined` where it has more to tell than that it was. */
export function runFrom(span: object): Run | undefined {
  return span instanceof WovenSpan && isPlain(span) ? new Run(span) : undefined;
}

/** Whether a span has nothing below it, and nothing to tell but its attributes. */
function isPlain(span: WovenSpan): boolean {
  return span.asked === undefined && span.details === undefined && !span.isLocalRoot;
}

function areEqual(some: Attributes, others: Attributes): boolean {
  if (some === others) return true;
  const names = Object.keys(some);
  return names.length === Object.keys(others).length && names.every((name) => some[name] === others[name]);
}
