/**
 * Which share of traces is kept for what was seen in them: a failure, a slow root, a span that a rule speaks of. Of several the
 * greatest counts.
 */
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { type KeptFor, type LocalTrace, UndecidedTrace } from './local-trace.js';
import { RejectionThreshold, thresholdIn } from './rejection-threshold.js';

/** Of traces with a span that it speaks of, another share is kept than of others. */
export interface KeepingRule {
  readonly keep: RejectionThreshold;
  /** Throws nothing. */
  speaksOf(span: ReadableSpan): boolean;
}

export interface ShareOptions {
  /** The share of traces in which a span failed: 0 to 1. */
  readonly error: number;
  readonly slow?: { readonly overMs: number; readonly rate: number } | undefined;
  readonly rules: readonly KeepingRule[];
}

export class KeptShares {
  /** What takes longer is slow, in milliseconds. */
  readonly overMs: number;
  readonly hasRules: boolean;
  readonly #error: RejectionThreshold;
  readonly #slow: RejectionThreshold;
  readonly #rules: readonly KeepingRule[];

  constructor({ error, slow, rules }: ShareOptions) {
    this.#error = new RejectionThreshold(error);
    this.overMs = slow?.overMs ?? Number.POSITIVE_INFINITY;
    this.hasRules = rules.length > 0;
    this.#slow = new RejectionThreshold(slow?.rate ?? 0);
    this.#rules = rules;
  }

  /** Remembers the first in the list of the rules that speak of a span of the trace. */
  match(trace: LocalTrace, span: ReadableSpan): void {
    const rules = this.#rules;
    const known = trace.undecided?.rule ?? rules.length;
    for (let place = 0; place < rules.length && place < known; place += 1) {
      if (rules[place]?.speaksOf(span) !== true) continue;
      trace.undecided ??= new UndecidedTrace();
      trace.undecided.rule = place;
      return;
    }
  }

  /** Why a trace is to be kept by what is known of it, which its tracestate then says; `undefined` where nothing speaks for it. */
  reasonFor(trace: LocalTrace): KeptFor | undefined {
    const more = trace.undecided;
    // Most are one span in which nothing went wrong.
    if (more === undefined && !trace.failed) return trace.sampled ? 'success' : undefined;
    const origin = more?.origin ?? 'here';
    const rule = this.#rules[more?.rule ?? Number.POSITIVE_INFINITY];
    const isTaken = trace.sampled && (origin !== 'here' || rule === undefined);
    const plainly = isTaken ? (origin === 'here' ? 'success' : 'parent') : undefined;
    const [reason, least] = this.#greatest(trace, rule);
    if (reason === undefined || least === undefined || !trace.isWithin(least)) return plainly;
    const said = isTaken ? thresholdIn(trace.state) : undefined;
    // A share that is not told may have been any but less than all.
    if (isTaken && (said === undefined ? least.th !== '0' : !least.isBelow(said))) return plainly;
    trace.state = least.saidIn(trace.state);
    return reason;
  }

  /** Whether something else than success keeps it, whatever the share of successes is: then no limit on them is a matter of it. */
  keepAnyway(trace: LocalTrace): boolean {
    const rule = this.#rules[trace.undecided?.rule ?? Number.POSITIVE_INFINITY];
    const [, least] = this.#greatest(trace, rule);
    return least !== undefined && trace.isWithin(least);
  }

  #greatest(
    trace: LocalTrace,
    rule: KeepingRule | undefined,
  ): readonly [KeptFor | undefined, RejectionThreshold | undefined] {
    const isSlow = (trace.undecided?.rootMs ?? -1) > this.overMs;
    let reason: KeptFor | undefined = trace.failed ? 'error' : undefined;
    let least = trace.failed ? this.#error : undefined;
    if (isSlow && (least === undefined || this.#slow.isBelow(least))) [reason, least] = ['slow', this.#slow];
    if (rule !== undefined && (least === undefined || rule.keep.isBelow(least))) [reason, least] = ['rule', rule.keep];
    return [reason, least];
  }
}
