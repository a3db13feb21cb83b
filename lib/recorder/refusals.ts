/**
 * What takes the place of spans for which there is no room: one that is not recorded, for all calls in the same Context, so that
 * nothing is held for each. All that is below it is not recorded either, so no span loses its parent.
 */
import { type Context, ROOT_CONTEXT } from '@opentelemetry/api';
import { clockNow } from './clock.js';
import { LocalTrace } from './local-trace.js';
import { placeIn } from './place.js';
import type { SpanIds } from './span-ids.js';
import type { Surroundings } from './surroundings.js';
import { UnrecordedSpan } from './unrecorded-span.js';

/** Those that begin a trace share one for so long: other services are not told one and the same trace for all. */
const sharedForMs = 1_000;

/** A trace, or what is below one of its spans, that is not recorded for want of room. */
export class RefusedTrace extends LocalTrace {
  override get isRefused(): boolean {
    return true;
  }
}

export class Refusals {
  /** Calls that were not recorded. */
  count = 0;
  readonly #ids: SpanIds;
  readonly #below = new WeakMap<Context, UnrecordedSpan>();
  #root: UnrecordedSpan | undefined;
  #rootSince = 0;

  constructor(ids: SpanIds) {
    this.#ids = ids;
  }

  /** What a call in `parent` runs inside. */
  in(parent: Context, surroundings: Surroundings): UnrecordedSpan {
    if (parent instanceof UnrecordedSpan) {
      // Others would not have been recorded either where there is room.
      if (parent.trace.isRefused) this.count += 1;
      return parent;
    }
    this.count += 1;
    if (parent === ROOT_CONTEXT) return this.#atRoot(surroundings);
    let one = this.#below.get(parent);
    if (one === undefined) {
      one = this.#made(parent, surroundings);
      this.#below.set(parent, one);
    }
    return one;
  }

  #atRoot(surroundings: Surroundings): UnrecordedSpan {
    const now = clockNow();
    if (this.#root === undefined || Math.abs(now - this.#rootSince) >= sharedForMs) {
      this.#root = this.#made(ROOT_CONTEXT, surroundings);
      this.#rootSince = now;
    }
    return this.#root;
  }

  #made(parent: Context, surroundings: Surroundings): UnrecordedSpan {
    const { base, trace, ordinal } = placeIn(parent, this.#ids);
    const refused = new RefusedTrace(trace.ids, trace.root, trace.name, false, trace.state);
    return new UnrecordedSpan(base, refused, ordinal, surroundings);
  }
}
