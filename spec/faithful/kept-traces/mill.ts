/**
 * Traced methods that do what they are given, and what can be seen of the span they run in.
 */
import { context, propagation, type Span, SpanStatusCode, trace } from '@opentelemetry/api';
import { call, Traced } from 'spandrel';

export class Mill {
  @Traced('run')
  run<T>(work: () => T): T {
    return work();
  }

  /** Ends with what `work` gives. */
  @Traced('wait')
  async wait(work: () => Promise<unknown>): Promise<void> {
    await work();
  }

  @Traced('step')
  step(): void {}

  @Traced('fail')
  fail(): never {
    throw new RangeError('no grain');
  }

  /** Below what the headers say. */
  @Traced({ name: 'arrive', parent: call.arg(0) })
  arrive<T>(_headers: object, work: () => T): T {
    return work();
  }
}

export const mill = new Mill();

/** Whatever it throws is let go. */
export function quietly(work: () => unknown): void {
  try {
    work();
  } catch {
    // It is told by its span.
  }
}

/** A call that fails, and nobody minds. */
export const failQuietly = (): void => quietly(() => mill.fail());

export const active = (): Span => trace.getActiveSpan() as Span;

export const sayFailed = (): unknown => active().setStatus({ code: SpanStatusCode.ERROR });

/** What is sent on from here: the trace, the span and the flags of the `traceparent` header. */
export function sentOn(): { traceId: string; spanId: string; flags: string } {
  const headers: Record<string, string> = {};
  propagation.inject(context.active(), headers);
  const [, traceId = '', spanId = '', flags = ''] = (headers['traceparent'] ?? '').split('-');
  return { traceId, spanId, flags };
}

/** A call that runs until it is told to end; what it is to do meanwhile is done inside it. */
export class Held {
  readonly ended: Promise<void>;
  #inside: (work: () => void) => void = () => undefined;
  #end: () => void = () => undefined;

  constructor(call: (work: () => Promise<void>) => Promise<void> = (work) => mill.wait(work)) {
    const ended = call(() => {
      const within = context.active();
      this.#inside = (work) => context.with(within, work);
      return new Promise<void>((resolve) => {
        this.#end = resolve;
      });
    });
    this.ended = ended;
  }

  inside(work: () => void): this {
    this.#inside(work);
    return this;
  }

  steps(count: number): this {
    return this.inside(() => {
      for (let step = 0; step < count; step += 1) mill.step();
    });
  }

  end(): Promise<void> {
    this.#end();
    return this.ended;
  }
}
