/**
 * Makes the spans that were planned: calls annotated methods, and makes spans by hand as instrumentations do.
 */
import { type Counter, metrics, type Span, type SpanContext, SpanStatusCode, trace } from '@opentelemetry/api';
import { annotate, Counted, call, Traced } from 'spandrel';
import { type PlannedSpan, waits } from './planned-span.js';

const traced = { attributes: { key: call.arg(0, 'key') } };
const counted = { attributes: { make: call.arg(0, 'make'), outcome: call.outcome() } };

export interface Others {
  /** Has another process make a span; throws what that one fails with. */
  request?(child: PlannedSpan): Promise<void>;
  /** Told of each span that runs. */
  runs?(span: PlannedSpan, context: SpanContext): void;
}

export class MixedPlayer {
  /** Written by hand, in every span whatever makes it. */
  readonly #byHand: Counter = metrics.getMeter('mixed').createCounter('mixed.by.hand');
  readonly #tracer = trace.getTracer('mixed');
  readonly #others: Others;

  constructor(others: Others = {}) {
    this.#others = others;
  }

  /** What it fails with is expected. */
  async playRoot(span: PlannedSpan): Promise<void> {
    await rest(span.rests);
    await attempted(() => this.play(span));
  }

  play(span: PlannedSpan): unknown {
    switch (span.make) {
      case 'sync':
        return this.sync(span);
      case 'generator':
        return [...this.generator(span)];
      case 'async':
        return this.async(span);
      case 'asyncGenerator':
        return drained(this.asyncGenerator(span));
      case 'request':
        return this.request(span);
      case 'active':
      case 'activeAsync':
        return this.#active(span);
      case 'bare':
        return this.#bare(span);
    }
  }

  @Traced(traced)
  @Counted('mixed.calls', counted)
  sync(span: PlannedSpan): void {
    this.#within(span);
  }

  @Traced(traced)
  @Counted('mixed.calls', counted)
  *generator(span: PlannedSpan): Generator<number> {
    yield span.key;
    this.#within(span);
    yield span.key;
  }

  @Traced(traced)
  @Counted('mixed.calls', counted)
  async async(span: PlannedSpan): Promise<void> {
    await this.#withinLater(span);
  }

  @Traced(traced)
  @Counted('mixed.calls', counted)
  async *asyncGenerator(span: PlannedSpan): AsyncGenerator<number> {
    yield span.key;
    await this.#withinLater(span);
    yield span.key;
  }

  @Traced({ ...traced, kind: 'client' })
  @Counted('mixed.calls', counted)
  async request(span: PlannedSpan): Promise<void> {
    this.#begins(span);
    const errors = await Promise.all(span.children.map((child) => attempted(() => this.#others.request?.(child))));
    ends(span, errors);
  }

  #active(span: PlannedSpan): unknown {
    return this.#tracer.startActiveSpan('active', { attributes: { key: span.key } }, (active) => {
      if (!waits(span.make)) return endedAfter(active, () => this.#within(span));
      return this.#withinLater(span).then(
        () => active.end(),
        (error: unknown) => endFailed(active, error),
      );
    });
  }

  #bare(span: PlannedSpan): void {
    const bare = this.#tracer.startSpan('bare');
    this.#byHand.add(1, { make: span.make });
    this.#others.runs?.(span, bare.spanContext());
    bare.setAttribute('key', span.key);
    if (span.fails === undefined) return bare.end();
    bare.setStatus({ code: SpanStatusCode.ERROR, message: 'its own' });
    bare.end();
    if (span.fails === 'throws') throw new RangeError('its own');
  }

  #begins(span: PlannedSpan): void {
    this.#byHand.add(1, { make: span.make });
    if (span.key % 4 === 0) annotate({ noted: span.key });
    const active = this.#others.runs === undefined ? undefined : trace.getActiveSpan();
    if (active !== undefined) this.#others.runs?.(span, active.spanContext());
  }

  #within(span: PlannedSpan): void {
    this.#begins(span);
    const errors: unknown[] = [];
    for (const child of span.children) errors.push(attemptedAtOnce(() => this.play(child)));
    ends(span, errors);
  }

  async #withinLater(span: PlannedSpan): Promise<void> {
    this.#begins(span);
    const one = async (child: PlannedSpan): Promise<unknown> => {
      await rest(span.rests);
      return attempted(() => this.play(child));
    };
    if (span.together) return ends(span, await Promise.all(span.children.map(one)));
    const errors: unknown[] = [];
    for (const child of span.children) errors.push(await one(child));
    ends(span, errors);
  }
}

function ends({ fails, passes }: PlannedSpan, errors: readonly unknown[]): void {
  if (fails === 'says') trace.getActiveSpan()?.setStatus({ code: SpanStatusCode.ERROR });
  if (fails === 'throws') throw new RangeError('its own');
  const passed = errors.find((error) => error !== undefined);
  if (passes && passed !== undefined) throw passed;
}

function endedAfter(active: Span, work: () => void): void {
  try {
    work();
  } catch (error) {
    return endFailed(active, error);
  }
  active.end();
}

function endFailed(active: Span, error: unknown): never {
  active.recordException(error as Error);
  active.setStatus({ code: SpanStatusCode.ERROR });
  active.end();
  throw error;
}

async function rest(turns: number): Promise<void> {
  if (turns === 1) await Promise.resolve();
  if (turns === 2) await new Promise((resolve) => setImmediate(resolve));
}

async function drained(steps: AsyncGenerator<number>): Promise<void> {
  for await (const key of steps) if (key % 3 === 0) await Promise.resolve();
}

/** What it failed with. */
async function attempted(work: () => unknown): Promise<unknown> {
  try {
    await work();
    return undefined;
  } catch (error) {
    return error;
  }
}

function attemptedAtOnce(work: () => unknown): unknown {
  try {
    work();
    return undefined;
  } catch (error) {
    return error;
  }
}
