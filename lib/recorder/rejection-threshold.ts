/**
 * Consistent probability sampling as OpenTelemetry has it (Trace SDK, "tracestate probability sampling"): a trace is kept if its
 * 56 random bits are not below the rejection threshold, and what is kept says the threshold (`ot=th:…` in the tracestate), so that every
 * process decides alike and what is kept can be counted up to what there was.
 */
import type { TraceState } from '@opentelemetry/api';
import { TraceState as TraceStateOf } from '@opentelemetry/core';

const all = 2n ** 56n;

/** Significant digits of a threshold, after those that are `f`: as the Collector has it, and enough for four of the share. */
const precision = 4;

/** 56 bits, in two parts: they are more than a double holds. */
export interface Randomness {
  /** The first 24 bits. */
  readonly high: number;
  /** The other 32. */
  readonly low: number;
}

export class RejectionThreshold implements Randomness {
  readonly high: number;
  readonly low: number;
  /** As the tracestate has it: hex, without the zeros at its end. Empty where nothing is kept. */
  readonly th: string;
  readonly #state: TraceState | undefined;

  /** @param share of the traces that is kept: 0 to 1. */
  constructor(share: number) {
    const bits = rounded(all - BigInt(Math.round(share * 2 ** 56)));
    this.high = Number(bits >> 32n);
    this.low = Number(bits & 0xffff_ffffn);
    this.th = bits === all ? '' : bits.toString(16).padStart(14, '0').replace(/0+$/, '') || '0';
    this.#state = this.th === '' ? undefined : new TraceStateOf(`ot=th:${this.th}`);
  }

  /** Whether what has these random bits is kept. */
  keeps({ high, low }: Randomness): boolean {
    return high > this.high || (high === this.high && low >= this.low);
  }

  /** Whether it keeps more than another. */
  isBelow(other: Randomness): boolean {
    return this.high < other.high || (this.high === other.high && this.low < other.low);
  }

  /** A tracestate that says this threshold, and all that was said of other things. */
  saidIn(state: TraceState | undefined): TraceState | undefined {
    if (state === undefined) return this.#state;
    const others = partsOf(state).filter((part) => !part.startsWith('th:'));
    return state.set('ot', [...others, `th:${this.th}`].join(';'));
  }
}

/** To the digits that are told, half up; a share that rounds to nothing is the least there is. */
function rounded(bits: bigint): bigint {
  if (bits === 0n || bits === all) return bits;
  const leading = /^f*/.exec(bits.toString(16).padStart(14, '0'))?.[0].length ?? 0;
  const dropped = 4 * Math.max(0, 14 - leading - precision);
  const unit = 1n << BigInt(dropped);
  const result = ((bits + unit / 2n) / unit) * unit;
  return result >= all ? bits : result;
}

/** The tracestate without a threshold: what is not sampled has none. */
export function withoutThreshold(state: TraceState | undefined): TraceState | undefined {
  const parts = state === undefined ? [] : partsOf(state);
  const others = parts.filter((part) => !part.startsWith('th:'));
  if (state === undefined || others.length === parts.length) return state;
  return others.length === 0 ? state.unset('ot') : state.set('ot', others.join(';'));
}

/** What a tracestate says about the random bits (`rv`), where it is not the trace id that has them. */
export function explicitRandomness(state: TraceState | undefined): Randomness | undefined {
  const said = state === undefined ? undefined : partsOf(state).find((part) => part.startsWith('rv:'));
  const hex = /^rv:([\da-f]{14})$/.exec(said ?? '')?.[1];
  return hex === undefined ? undefined : randomnessIn(hex);
}

/** The threshold that a tracestate says; `undefined` where it says none that can be read. */
export function thresholdIn(state: TraceState | undefined): Randomness | undefined {
  const said = state === undefined ? undefined : partsOf(state).find((part) => part.startsWith('th:'));
  const hex = /^th:([\da-f]{1,14})$/.exec(said ?? '')?.[1];
  return hex === undefined ? undefined : randomnessIn(hex.padEnd(14, '0'));
}

/** The last 56 bits of a trace id. */
export function randomnessOf(traceId: string): Randomness {
  return randomnessIn(traceId.slice(18));
}

function randomnessIn(hex: string): Randomness {
  return { high: Number.parseInt(hex.slice(0, 6), 16), low: Number.parseInt(hex.slice(6), 16) };
}

function partsOf(state: TraceState): string[] {
  return (state.get('ot') ?? '').split(';').filter((part) => part !== '');
}
