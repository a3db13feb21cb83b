/**
 * Inside a call that is not recorded: a span with an id of its own, of the trace that is around it, which says so to all
 * that is below. What is measured beside it is exact.
 */
import { context, propagation, ROOT_CONTEXT, type SpanContext, TraceFlags, trace } from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';
import { Counted, call, InFlight, Timed, Traced, traced } from 'spandrel';
import { recorded, span } from '../support/recorded-telemetry.js';
import { sampledBy, samplersThatLeaveAlone, under } from '../support/sampled-by.js';

/** The spans that were active in the calls, in the order they began. */
let seen: SpanContext[] = [];

function look(): void {
  const active = trace.getActiveSpan();
  expect(active?.isRecording()).toBe(false);
  seen.push(active?.spanContext() as SpanContext);
}

class Mill {
  @Traced()
  run<T>(work: () => T): T {
    look();
    return work();
  }

  @Traced({ callback: 'last' })
  told(done: () => void): void {
    look();
    setImmediate(done);
  }

  @Traced()
  async later(): Promise<void> {
    look();
    await Promise.resolve();
    look();
  }

  @Traced()
  *steps(): Generator<number> {
    look();
    yield 1;
    look();
  }

  @Traced({ parent: 'root' })
  alone(): SpanContext | undefined {
    return trace.getActiveSpan()?.spanContext();
  }

  @InFlight('out.flight', { attributes: { kind: call.arg(0) } })
  @Counted('out.count', { attributes: { kind: call.arg(0) } })
  @Timed('out.time')
  @Traced({ attributes: { kind: call.arg(0) } })
  measured(_kind: string, work: () => unknown): unknown {
    look();
    return work();
  }
}

const ran = traced('ran', () => look());

beforeEach(() => {
  seen = [];
});
afterEach(() => recorded.stop());

describe.each(samplersThatLeaveAlone)('OTEL_TRACES_SAMPLER=%s, %s, %s', (sampler, arg, _place, { parent }) => {
  sampledBy(sampler, arg);

  test('each call has a span of its own in the trace around it, which is not sampled', async () => {
    recorded.start();
    const mill = new Mill();
    await context.with(parent, () =>
      mill.run(async () => {
        mill.run(() => mill.run(ran));
        await new Promise<void>((done) => mill.told(done));
        await mill.later();
        expect([...mill.steps()]).toEqual([1]);
      }),
    );
    expect(seen).toHaveLength(9);
    const above = trace.getSpanContext(parent);
    const [first] = seen;
    for (const one of seen) {
      expect(trace.isSpanContextValid(one)).toBe(true);
      expect(one.traceFlags & TraceFlags.SAMPLED).toBe(0);
      expect(one.isRemote).toBeFalsy();
      expect(one.traceId).toBe(above?.traceId ?? first?.traceId);
    }
    // The second looks of `later` and `steps` are at the same spans.
    const ids = new Set([above?.spanId, ...seen.map(({ spanId }) => spanId)]);
    ids.delete(undefined);
    expect(ids.size).toBe((above === undefined ? 0 : 1) + 7);
    expect(await recorded.trees()).toEqual([]);
  });

  test('two calls from nowhere are two traces; baggage is handed on, and so is the decision', async () => {
    recorded.start();
    const mill = new Mill();
    const baggage = propagation.createBaggage({ tenant: { value: 'blue' } });
    const headers: Record<string, string> = {};
    context.with(propagation.setBaggage(parent, baggage), () =>
      mill.run(() =>
        mill.run(() => {
          propagation.inject(context.active(), headers);
          const tracer = trace.getTracer('hand');
          if (sampler.startsWith('parentbased')) expect(tracer.startSpan('by hand').isRecording()).toBe(false);
        }),
      ),
    );
    const [outer, inner] = seen;
    expect(headers).toEqual({ traceparent: `00-${outer?.traceId}-${inner?.spanId}-00`, baggage: 'tenant=blue' });
    context.with(parent, () => mill.run(() => undefined));
    expect(seen[2]?.traceId === outer?.traceId).toBe(parent !== ROOT_CONTEXT);
    expect(await recorded.trees()).toEqual([]);
  });

  test('what is measured beside it is exact, however the call ends', async () => {
    recorded.start();
    const mill = new Mill();
    const during: unknown[] = [];
    await context.with(parent, () =>
      mill.run(async () => {
        for (let i = 0; i < 3; i += 1) mill.measured('sync', () => i);
        for (let i = 0; i < 2; i += 1) {
          expect(() =>
            mill.measured('sync', () => {
              throw new RangeError('far');
            }),
          ).toThrow(RangeError);
        }
        let fail: (() => void) | undefined;
        const waiting = mill.measured('async', () => new Promise((_, reject) => void (fail = reject)));
        during.push(...(await recorded.points('out.flight')));
        fail?.();
        await expect(waiting).rejects.toBeUndefined();
        await mill.measured('async', () => Promise.resolve('given'));
      }),
    );
    expect(during).toEqual([
      [{ kind: 'async' }, 1],
      [{ kind: 'sync' }, 0],
    ]);
    expect(await recorded.points('out.flight')).toEqual([
      [{ kind: 'async' }, 0],
      [{ kind: 'sync' }, 0],
    ]);
    expect(await recorded.points('out.count')).toEqual([
      [{ 'error.type': 'RangeError', kind: 'sync' }, 2],
      [{ 'error.type': 'undefined', kind: 'async' }, 1],
      [{ kind: 'async' }, 1],
      [{ kind: 'sync' }, 3],
    ]);
    expect(await recorded.points('out.time')).toEqual([
      [{ 'error.type': 'RangeError' }, 2],
      [{ 'error.type': 'undefined' }, 1],
      [{}, 4],
    ]);
    expect(seen).toHaveLength(8);
    expect(await recorded.trees()).toEqual([]);
  });

  test('where tracing is suppressed there is no span at all', async () => {
    recorded.start();
    const mill = new Mill();
    context.with(suppressTracing(parent), () => {
      const active = trace.getSpan(parent);
      expect(trace.getSpanContext(context.active())).toEqual(active?.spanContext());
      expect(mill.alone()).toEqual(active?.spanContext());
      const quiet = traced('quiet', () => trace.getActiveSpan()?.spanContext());
      expect(quiet()).toEqual(active?.spanContext());
    });
    expect(await recorded.trees()).toEqual([]);
  });
});

describe('a process that records nothing of its own accord', () => {
  sampledBy('parentbased_always_off');

  test('follows a remote parent that is sampled, also inside a call that is not', async () => {
    recorded.start();
    const mill = new Mill();
    let inside: SpanContext | undefined;
    const below = traced('below', () => {
      inside = trace.getActiveSpan()?.spanContext();
    });
    const remote = under(TraceFlags.SAMPLED);
    mill.run(() => {
      context.with(remote, below);
      context.with(trace.setSpanContext(context.active(), trace.getSpanContext(remote) as SpanContext), below);
      mill.run(() => undefined);
    });
    expect(await recorded.trees()).toEqual([span('below'), span('below')]);
    for (const one of await recorded.spans()) expect(one.parentSpanContext).toEqual(trace.getSpanContext(remote));
    expect(inside).toMatchObject({ traceId: trace.getSpanContext(remote)?.traceId, traceFlags: TraceFlags.SAMPLED });
  });
});
