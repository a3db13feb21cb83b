/**
 * A class of annotated generators, with a log of what their bodies saw.
 */
import { trace } from '@opentelemetry/api';
import { type CallFacts, Counted, call, Traced } from 'spandrel';

/** The id of the span that is active here. */
export const activeId = (): string | undefined => trace.getActiveSpan()?.spanContext().spanId;

export class Steps {
  readonly log: unknown[] = [];

  @Traced({
    attributes: { first: call.arg(0), result: call.result(), facts: ({ result }: CallFacts) => `${String(result)}!` },
  })
  @Counted('generators.count')
  *count(to: number): Generator<number, string, unknown> {
    try {
      for (let n = 1; n <= to; n += 1) this.log.push(yield n);
      return 'done';
    } finally {
      this.log.push('cleaned');
    }
  }

  @Traced()
  @Counted('generators.async.count')
  async *later(to: number): AsyncGenerator<number, string, unknown> {
    try {
      for (let n = 1; n <= to; n += 1) {
        await Promise.resolve();
        this.log.push(yield n);
      }
      return 'done';
    } finally {
      this.log.push('cleaned');
    }
  }

  @Traced()
  *failing(): Generator<number> {
    yield 1;
    throw new RangeError('broken');
  }

  @Traced()
  async *failingLater(): AsyncGenerator<number> {
    yield 1;
    throw new RangeError('broken');
  }

  @Traced()
  *refusing(
    _value = ((): number => {
      throw new TypeError('no default');
    })(),
  ): Generator<number> {
    yield 1;
  }

  @Traced()
  *endless(): Generator<number> {
    for (let n = 0; ; n += 1) yield n;
  }

  @Traced()
  *delegating(): Generator<number, string, unknown> {
    const inner = yield* this.count(2);
    return `${inner} twice`;
  }

  @Traced()
  giving(to: number): Generator<number, string, unknown> {
    this.log.push('called');
    const { log } = this;
    return (function* () {
      log.push(activeId());
      for (let n = 1; n <= to; n += 1) yield n;
      return 'given';
    })();
  }

  @Traced()
  step(): string | undefined {
    return activeId();
  }
}
