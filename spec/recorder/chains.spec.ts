/**
 * Each call of a chain starts the next, by a timer: the Context of the last is kept by what it waits for, and it keeps none
 * of those before it.
 */
import { context, propagation, type Span, trace } from '@opentelemetry/api';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-base';
import { bootstrap, Traced } from 'spandrel';
import { collectGarbage } from '../support/collect-garbage.js';

const length = 30;

class Clock {
  readonly spans: WeakRef<Span>[] = [];
  waiting: NodeJS.Timeout | undefined;
  done: () => void = () => undefined;
  readonly #around: (next: () => void) => void;

  constructor(around: (next: () => void) => void) {
    this.#around = around;
  }

  @Traced()
  tick(left: number): void {
    this.spans.push(new WeakRef(trace.getActiveSpan() as Span));
    this.#around(() => {
      if (left > 0) setTimeout(() => this.tick(left - 1));
      else {
        this.waiting = setTimeout(() => undefined, 1_000_000);
        this.done();
      }
    });
  }
}

const ways: readonly [way: string, around: (next: () => void) => void][] = [
  ['as it is', (next) => next()],
  [
    'with baggage of its own',
    (next) => context.with(propagation.setBaggage(context.active(), propagation.createBaggage()), next),
  ],
  [
    'with a span made by hand',
    (next) =>
      trace.getTracer('hand').startActiveSpan('by hand', (hand) => {
        next();
        hand.end();
      }),
  ],
];

/** Counts and forgets: what an exporter keeps is not for the Contexts to let go of. */
class Counted implements SpanExporter {
  withParent = 0;

  export(spans: ReadableSpan[], done: (result: { code: number }) => void): void {
    this.withParent += spans.filter(({ parentSpanContext }) => parentSpanContext !== undefined).length;
    done({ code: 0 });
  }

  shutdown(): Promise<void> {
    return Promise.resolve();
  }
}

test.each(ways)('the spans before the last can be collected: %s', async (_, around) => {
  const exporter = new Counted();
  const telemetry = bootstrap({ export: { protocol: 'none', spanExporters: [exporter] } });
  const clock = new Clock(around);
  await new Promise<void>((resolve) => {
    clock.done = resolve;
    clock.tick(length);
  });
  await telemetry.flush();
  expect(exporter.withParent).toBeGreaterThanOrEqual(length);
  await collectGarbage();
  expect(clock.spans.filter((span) => span.deref() === undefined).length).toBeGreaterThan(0);
  clearTimeout(clock.waiting);
  await telemetry.shutdown();
});
