/**
 * What is to become of spans, by the words of the documentation: worked out afterwards, from what happened, with whole numbers of 56 bits.
 */
import type { Driven, From, Happened } from './driven-spans.js';

export interface Shares {
  readonly success: number;
  readonly error: number;
  /** Of traces that took more than ten seconds; `undefined`: they are none of their own. */
  readonly slow: number | undefined;
  /** Of traces with a span that is marked. */
  readonly marked: number | undefined;
}

/** The threshold of each share that is used here, as a tracestate has it. */
const thresholds: Readonly<Record<number, string>> = { 0.1: 'e666', 0.25: 'c', 0.5: '8', 0.75: '4', 1: '0' };

const bitsOf = (th: string): bigint => BigInt(`0x${th.padEnd(14, '0')}`);

/** A tracestate: the threshold, and all else in its order. */
export interface State {
  readonly th: string | undefined;
  readonly others: readonly string[];
}

export function stateIn(header: string | undefined): State {
  const entries = (header ?? '').split(',').filter((entry) => entry !== '');
  const ot = entries.find((entry) => entry.startsWith('ot='))?.slice(3) ?? '';
  const parts = ot.split(';').filter((part) => part !== '');
  const th = parts.find((part) => part.startsWith('th:'))?.slice(3);
  const others = parts.filter((part) => !part.startsWith('th:'));
  return { th, others: [...others, ...entries.filter((entry) => !entry.startsWith('ot='))] };
}

type Reason = 'success' | 'error' | 'slow' | 'rule' | 'parent';

interface Told {
  readonly sampled: boolean;
  readonly th: string | undefined;
}

/** The spans of a trace in this process that are decided about together. */
export class ExpectedTrace {
  readonly #shares: Shares;
  readonly #atFirst: Told;
  readonly traceId: string;
  readonly origin: 'here' | 'sampled' | 'unsampled';
  readonly random: bigint;
  state: State;
  sampled: boolean;
  running = 0;
  readonly waiting: Driven[] = [];
  readonly arrived: Driven[] = [];
  /** Spans that are known to have been let go, and those of them that ended after. */
  letGo = 0;
  late = 0;
  failed = false;
  slow = false;
  marked = false;
  /** Roots that have not ended: several requests may be of one trace. */
  rootsLeft = 1;
  kept: boolean | undefined;
  reason: Reason | undefined;
  /** Of those that arrived, what ended after the shutdown. */
  afterStop = 0;

  constructor(
    shares: Shares,
    traceId: string,
    remote: { readonly sampled: boolean; readonly state: State } | undefined,
  ) {
    this.#shares = shares;
    this.traceId = traceId;
    const rv = remote?.state.others.find((part) => part.startsWith('rv:'))?.slice(3);
    this.random = BigInt(`0x${rv ?? traceId.slice(-14)}`);
    if (remote === undefined) {
      const th = thresholds[shares.success];
      this.origin = 'here';
      this.sampled = this.#isWithin(shares.success);
      this.state = { th: this.sampled ? th : undefined, others: [] };
    } else {
      this.origin = remote.sampled ? 'sampled' : 'unsampled';
      this.sampled = remote.sampled;
      this.state = { th: remote.sampled ? remote.state.th : undefined, others: remote.state.others };
    }
    this.#atFirst = { sampled: this.sampled, th: this.state.th };
    // All successes are kept: nobody waits.
    const rules = shares.marked ?? 1;
    if (this.sampled && shares.success === 1 && rules === 1) this.#keep(this.origin === 'here' ? 'success' : 'parent');
  }

  start(): void {
    this.running += 1;
  }

  /** Whether this is what is known of it now, for those who are called from it. */
  says({ sampled, th }: Told): boolean {
    return sampled === this.sampled && th === this.state.th;
  }

  /** Whether it was as it began. */
  said({ sampled, th }: Told): boolean {
    return sampled === this.#atFirst.sampled && th === this.#atFirst.th;
  }

  end(driven: Driven, isRoot: boolean, how: string, isStopped: boolean): void {
    this.running -= 1;
    if (this.kept === undefined) {
      if (how === 'failed') this.failed = true;
      if (how === 'marked') this.marked = true;
      if (isRoot && how === 'slow' && driven.make === 'sdk') this.slow = true;
      if (isRoot) this.rootsLeft -= 1;
      this.waiting.push(driven);
      if (this.running === 0 || isStopped) this.decide();
    } else if (this.kept) this.arrived.push(driven);
    else if (driven.isRecorded) this.late += 1;
    if (isStopped && this.kept === true) {
      this.arrived.pop();
      this.afterStop += 1;
    }
  }

  decide(): void {
    const reason = this.#decision();
    if (reason !== undefined) return this.#keep(reason);
    this.kept = false;
    this.sampled = false;
    this.state = { th: undefined, others: this.state.others };
    this.letGo += this.waiting.splice(0).length;
  }

  #keep(reason: Reason): void {
    this.kept = true;
    this.sampled = true;
    this.reason = reason;
    this.arrived.push(...this.waiting.splice(0));
  }

  #isWithin(share: number | undefined): boolean {
    const th = thresholds[share ?? 0];
    return th !== undefined && this.random >= bitsOf(th);
  }

  /** Of all that speaks for it the greatest share counts; a rule speaks in the place of the successes. */
  #decision(): Reason | undefined {
    const { error, slow, marked } = this.#shares;
    const isMarked = this.marked && marked !== undefined;
    const speaking: [Reason, number][] = [];
    if (this.failed) speaking.push(['error', error]);
    if (this.slow && slow !== undefined) speaking.push(['slow', slow]);
    if (isMarked) speaking.push(['rule', marked]);
    const [greatest] = speaking.sort(([, a], [, b]) => b - a);
    const plainly =
      !this.sampled || (isMarked && this.origin === 'here') ? undefined : this.origin === 'here' ? 'success' : 'parent';
    if (greatest === undefined || !this.#isWithin(greatest[1])) return plainly;
    const th = thresholds[greatest[1]] as string;
    // What is sampled without a word of its share may have been any but all.
    const said = plainly === undefined ? undefined : (this.state.th ?? '00000000000001');
    if (said !== undefined && bitsOf(th) >= bitsOf(said)) return plainly;
    this.state = { th, others: this.state.others };
    return greatest[0];
  }
}

/** All traces that there were, by what happened. `wrong` is what was sent on otherwise than it should have been. */
export function expectedTraces(
  happened: readonly Happened[],
  shares: Shares,
): { traces: ExpectedTrace[]; wrong: string[] } {
  const traces: ExpectedTrace[] = [];
  const wrong: string[] = [];
  const traceOf = new Map<Driven, ExpectedTrace>();
  const roots = new Set<Driven>();
  const named = new Map<string, ExpectedTrace>();
  const found = (driven: Driven, from: From): ExpectedTrace => {
    if (from.by === 'context') return traceOf.get(from.above) as ExpectedTrace;
    const begins = (remote?: { readonly sampled: boolean; readonly state: State }): ExpectedTrace => {
      const trace = new ExpectedTrace(shares, driven.span.spanContext().traceId, remote);
      traces.push(trace);
      roots.add(driven);
      return trace;
    };
    if (from.by === 'nothing') return begins();
    const { above, headers } = from;
    const [, traceId = '', , flags] = headers.traceparent.split('-');
    const state = stateIn(headers.tracestate);
    const own = above === undefined ? undefined : traceOf.get(above);
    if (own !== undefined) {
      const told = { sampled: flags === '01', th: state.th };
      // A span made by hand goes on saying what it said as it began.
      const isAsKnown = own.says(told) || (above?.make === 'sdk' && own.said(told));
      if (!isAsKnown || own.traceId !== traceId)
        wrong.push(`${above?.key} sends ${headers.traceparent} ${headers.tracestate}`);
      if (own.kept === undefined) named.set(traceId, own);
    }
    const open = named.get(traceId);
    if (open?.kept === undefined && open !== undefined) {
      roots.add(driven);
      open.rootsLeft += 1;
      return open;
    }
    const trace = begins({ sampled: flags === '01', state });
    named.set(traceId, trace);
    return trace;
  };
  let isStopped = false;
  for (const event of happened) {
    if (event.what === 'stop') isStopped = true;
    if (event.what === 'flush')
      for (const trace of traces) if (trace.rootsLeft === 0 && trace.kept === undefined) trace.decide();
    if (event.what === 'stop') for (const trace of traces) if (trace.waiting.length > 0) trace.decide();
    if (event.what === 'start') {
      const trace = found(event.driven, event.from);
      traceOf.set(event.driven, trace);
      if (event.driven.isRecorded !== (trace.kept !== false || event.driven.make === 'sdk'))
        wrong.push(`${event.driven.key} is recorded`);
      trace.start();
    }
    if (event.what === 'end')
      traceOf.get(event.driven)?.end(event.driven, roots.has(event.driven), event.how, isStopped);
  }
  return { traces, wrong };
}
