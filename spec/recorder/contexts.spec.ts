/**
 * Inside a woven call the active Context is the span itself: everything of the API works on it as on any other.
 */
import { EventEmitter } from 'node:events';
import {
  type Context,
  context,
  createContextKey,
  propagation,
  ROOT_CONTEXT,
  type SpanContext,
  trace,
} from '@opentelemetry/api';
import { isTracingSuppressed, suppressTracing, unsuppressTracing } from '@opentelemetry/core';
import * as fc from 'fast-check';
import { Traced } from 'spandrel';
import { recorded, span } from '../support/recorded-telemetry.js';

class Mill {
  @Traced()
  run<T>(work: () => T): T {
    return work();
  }

  @Traced()
  grind(): SpanContext | undefined {
    return trace.getActiveSpan()?.spanContext();
  }
}

const mill = new Mill();
const key = createContextKey('spec.contexts');
const remote: SpanContext = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: 1, isRemote: true };

beforeEach(() => void recorded.start());
afterEach(() => recorded.stop());

test('the active span is one, whichever way it is asked for, and keeps its ids', () => {
  mill.run(() => {
    const active = trace.getActiveSpan();
    expect(active?.isRecording()).toBe(true);
    expect(trace.getSpan(context.active())).toBe(active);
    expect(trace.getSpanContext(context.active())).toBe(active?.spanContext());
    expect(trace.isSpanContextValid(active?.spanContext() as SpanContext)).toBe(true);
    expect(active?.spanContext().traceFlags).toBe(1);
  });
  expect(context.active()).toBe(ROOT_CONTEXT);
});

test('baggage and values from outside are seen however deep, and those set inside only there', () => {
  const baggage = propagation.createBaggage({ tenant: { value: 'blue' } });
  const outside = propagation.setBaggage(ROOT_CONTEXT.setValue(key, 'outside'), baggage);
  const seen = (): unknown => [
    context.active().getValue(key),
    propagation.getActiveBaggage()?.getEntry('tenant')?.value,
  ];
  context.with(outside, () =>
    mill.run(() =>
      mill.run(() => {
        expect(seen()).toEqual(['outside', 'blue']);
        const inside = propagation.deleteBaggage(context.active().setValue(key, 'inside'));
        context.with(inside, () => mill.run(() => expect(seen()).toEqual(['inside', undefined])));
        expect(seen()).toEqual(['outside', 'blue']);
      }),
    ),
  );
});

test('a Context made of it keeps the span, and calls in there are below it', async () => {
  mill.run(() => context.with(context.active().setValue(key, 1), () => mill.run(() => mill.grind())));
  expect(await recorded.trees()).toEqual([span('Mill.run', {}, span('Mill.run', {}, span('Mill.grind')))]);
});

test('without the span, and with another, calls go where that leads', async () => {
  const hand = trace.getTracer('hand').startSpan('by hand', {}, ROOT_CONTEXT);
  const [alone, below, far] = mill.run(() => {
    const active = context.active();
    expect(trace.getSpan(trace.deleteSpan(active))).toBeUndefined();
    return [
      context.with(trace.deleteSpan(active), () => mill.grind()),
      context.with(trace.setSpan(active, hand), () => mill.grind()),
      context.with(trace.setSpanContext(active, remote), () => mill.grind()),
    ];
  });
  hand.end();
  expect(below?.traceId).toBe(hand.spanContext().traceId);
  expect(far?.traceId).toBe(remote.traceId);
  const spans = await recorded.spans();
  const parentOf = (id: string | undefined): unknown =>
    spans.find((one) => one.spanContext().spanId === id)?.parentSpanContext;
  expect(parentOf(alone?.spanId)).toBeUndefined();
  expect(parentOf(below?.spanId)).toEqual(hand.spanContext());
  expect(parentOf(far?.spanId)).toEqual(remote);
});

test('without the span a remote one beneath it does not come up again', () => {
  context.with(trace.setSpanContext(ROOT_CONTEXT, remote), () =>
    mill.run(() => expect(trace.getSpan(trace.deleteSpan(context.active()))).toBeUndefined()),
  );
});

test('it is written to headers and read from them', () => {
  const headers: Record<string, string> = {};
  const written = mill.run(() => {
    propagation.inject(context.active(), headers);
    const read = propagation.extract(context.active(), { traceparent: `00-${remote.traceId}-${remote.spanId}-01` });
    expect(trace.getSpanContext(read)).toEqual(remote);
    return trace.getActiveSpan()?.spanContext();
  });
  expect(headers).toEqual({ traceparent: `00-${written?.traceId}-${written?.spanId}-01` });
});

test('tracing can be suppressed in it, and no longer', async () => {
  mill.run(() => {
    expect(isTracingSuppressed(context.active())).toBe(false);
    const quiet = suppressTracing(context.active());
    context.with(quiet, () => mill.run(() => expect(trace.getActiveSpan()?.isRecording()).toBe(true)));
    context.with(unsuppressTracing(quiet), () => mill.grind());
  });
  expect(await recorded.trees()).toEqual([span('Mill.run', {}, span('Mill.grind'))]);
});

test('functions and emitters that are bound to it run in it', async () => {
  const emitter = new EventEmitter();
  const bound = mill.run(() => {
    emitter.on(
      'grist',
      context.bind(context.active(), () => mill.grind()),
    );
    return context.bind(context.active(), () => mill.grind());
  });
  bound();
  emitter.emit('grist');
  expect(await recorded.trees()).toEqual([span('Mill.run', {}, span('Mill.grind'), span('Mill.grind'))]);
});

test('made by hand and woven in turn, also across what waits', async () => {
  const tracer = trace.getTracer('hand');
  const byHand = <T>(name: string, work: () => Promise<T>): Promise<T> =>
    tracer.startActiveSpan(name, { attributes: { 'code.function.name': name } }, async (hand) => {
      await Promise.resolve();
      return work().finally(() => hand.end());
    });
  const nested = (depth: number): Promise<void> =>
    depth === 0 ? Promise.resolve() : byHand('by hand', () => mill.run(() => nested(depth - 1)));
  await mill.run(() => nested(2));
  const inner = span('by hand', {}, span('Mill.run'));
  const [root] = await recorded.trees();
  expect(root).toEqual(span('Mill.run', {}, span('by hand', {}, span('Mill.run', {}, inner))));
});

test('whatever is set and deleted, in whatever order, it answers as a Context of the API', () => {
  const keys = [createContextKey('spec.a'), createContextKey('spec.b')];
  type Step = (on: Context) => Context;
  const value = fc.integer({ min: 1, max: 3 });
  const step: fc.Arbitrary<Step> = fc.oneof(
    fc.tuple(fc.constantFrom(...keys), value).map(
      ([at, given]): Step =>
        (on) =>
          on.setValue(at, given),
    ),
    fc.constantFrom(...keys).map(
      (at): Step =>
        (on) =>
          on.deleteValue(at),
    ),
    fc.constant<Step>((on) => trace.deleteSpan(on)),
    value.map(
      (n): Step =>
        (on) =>
          trace.setSpanContext(on, { ...remote, spanId: `${n}`.repeat(16) }),
    ),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 4 }), fc.array(step, { maxLength: 6 }), (outside, inside) => {
      const base = outside.reduce((on, next) => next(on), ROOT_CONTEXT);
      const woven = context.with(base, () => mill.run(() => context.active()));
      const plain = trace.setSpan(base, trace.getSpan(woven) as never);
      const answers = (on: Context): unknown => [
        trace.getSpanContext(on),
        ...keys.map((at) => on.getValue(at)),
        on.getValue(createContextKey('spec.never')),
      ];
      for (let steps = 0; steps <= inside.length; steps += 1) {
        const applied = (on: Context): Context => inside.slice(0, steps).reduce((one, next) => next(one), on);
        expect(answers(applied(woven))).toEqual(answers(applied(plain)));
      }
    }),
  );
});

test('where another context manager is registered meanwhile, or `with` is another, that one is used', async () => {
  const used = jest.spyOn(context, 'with');
  mill.run(() => expect(trace.getActiveSpan()?.isRecording()).toBe(true));
  expect(used).toHaveBeenCalled();
  used.mockRestore();
  const manager = {
    active: jest.fn(() => ROOT_CONTEXT),
    with: jest.fn((_: Context, work: (...args: unknown[]) => unknown, self?: unknown) => work.call(self)),
    bind: <T>(_: Context, target: T): T => target,
    enable: jest.fn(),
    disable: jest.fn(),
  };
  context.disable();
  context.setGlobalContextManager({
    ...manager,
    enable: () => manager as never,
    disable: () => manager as never,
  } as never);
  mill.run(() => mill.grind());
  expect(manager.with).toHaveBeenCalledTimes(2);
  // It knows of no active span: both are roots.
  expect((await recorded.trees()).map(({ name }) => name)).toEqual(['Mill.run', 'Mill.run', 'Mill.grind']);
});
