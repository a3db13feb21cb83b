/**
 * Span processors of the user's own see woven spans as they see all others, and can do no harm to a call.
 */
import { type Span as ApiSpan, type Context, context, trace } from '@opentelemetry/api';
import { type ReadableSpan, SimpleSpanProcessor, type Span, type SpanProcessor } from '@opentelemetry/sdk-trace-base';
import { Observable } from 'rxjs';
import { bootstrap, type Settings, type Telemetry, Traced } from 'spandrel';
import { KeepingExporter } from '../support/keeping-exporter.js';

class Mill {
  @Traced({ attributes: { grain: 'rye' } })
  grind(): string {
    return 'flour';
  }

  @Traced()
  fail(): never {
    throw new Error('no grain');
  }

  @Traced()
  stream(): Observable<number> {
    return new Observable((subscriber) => subscriber.complete());
  }
}

const mill = new Mill();
const exporter = new KeepingExporter();
let telemetry: Telemetry | undefined;

afterEach(async () => {
  jest.restoreAllMocks();
  await telemetry?.shutdown();
  exporter.reset();
});

function start(settings: Settings): Telemetry {
  jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
  telemetry = bootstrap({ ...settings, export: { protocol: 'none', spanExporters: [exporter] } });
  return telemetry;
}

/** Does nothing but what it is given. */
const processor = (given: Partial<SpanProcessor>): SpanProcessor => ({
  onStart: () => undefined,
  onEnd: () => undefined,
  forceFlush: () => Promise.resolve(),
  shutdown: () => Promise.resolve(),
  ...given,
});

/** Calls a woven method, and makes a span by hand. */
function callBoth(): void {
  mill.grind();
  trace.getTracer('hand').startSpan('by hand').end();
}

test('it is told of start, ending and end, in this order, of woven spans and of those made by hand', () => {
  const told: string[] = [];
  const tell =
    (what: string) =>
    ({ name, ended }: ReadableSpan): void =>
      void told.push(`${what} ${name}${ended ? ', ended' : ''}`);
  start({ processors: [processor({ onStart: tell('start'), onEnding: tell('ending'), onEnd: tell('end') })] });
  callBoth();
  expect(told).toEqual([
    ...['start Mill.grind', 'ending Mill.grind', 'end Mill.grind, ended'],
    ...['start by hand', 'ending by hand', 'end by hand, ended'],
  ]);
});

test('what it sets on a span that starts or is about to end is exported', async () => {
  const times: unknown[] = [];
  const { flush } = start({
    processors: [
      processor({
        onStart: (span) => void span.setAttribute('at.start', span.name).updateName(`${span.name}!`),
        onEnding(span) {
          span.setAttribute('at.end', true);
          times.push(span.endTime, span.duration);
        },
      }),
    ],
  });
  callBoth();
  await flush.call(telemetry);
  const spans = exporter.getFinishedSpans();
  expect(spans.map(({ name, attributes }) => [name, attributes])).toEqual([
    ['Mill.grind!', { 'code.function.name': 'Mill.grind', grain: 'rye', 'at.start': 'Mill.grind', 'at.end': true }],
    ['by hand!', { 'at.start': 'by hand', 'at.end': true }],
  ]);
  expect(times).toEqual(spans.flatMap(({ endTime, duration }) => [endTime, duration]));
});

test('it gets the Context a span starts in, as it is there', () => {
  const parents: [string, unknown, boolean][] = [];
  start({
    processors: [
      processor({
        onStart(span: Span, parent: Context) {
          parents.push([span.name, trace.getSpanContext(parent)?.spanId, parent === surroundings]);
        },
      }),
    ],
  });
  let surroundings: Context | undefined;
  let above: ApiSpan | undefined;
  trace.getTracer('hand').startActiveSpan('above', (span) => {
    above = span;
    surroundings = context.active();
    mill.grind();
    span.end();
  });
  expect(parents.slice(1)).toEqual([['Mill.grind', above?.spanContext().spanId, true]]);
});

test('one that throws is told of once, and touches neither the call nor the other processors', async () => {
  const failing = (): never => {
    throw new Error('worn out');
  };
  class Worn {
    onStart = failing;
    onEnding = failing;
    onEnd = failing;
    forceFlush = (): Promise<void> => Promise.resolve();
    shutdown = (): Promise<void> => Promise.resolve();
  }
  const ended: string[] = [];
  const { flush, health } = start({
    processors: [new Worn(), processor({ onEnd: ({ name }) => void ended.push(name) })],
  });
  callBoth();
  expect(mill.grind()).toBe('flour');
  expect(() => mill.fail()).toThrow('no grain');
  expect(ended).toEqual(['Mill.grind', 'by hand', 'Mill.grind', 'Mill.fail']);
  await flush.call(telemetry);
  expect(exporter.getFinishedSpans()).toHaveLength(4);
  const [fault, ...others] = health.call(telemetry).faults;
  expect(fault).toMatchObject({ code: 'SPANDREL_PROCESSOR_FAILED', where: 'Worn', count: 12 });
  expect(others).toEqual([]);
  expect(process.emitWarning).toHaveBeenCalledTimes(1);
});

test('one that fails later, as an async function, is told of and does no harm', async () => {
  const failing = (): Promise<void> => Promise.reject(new Error('worn out later'));
  class Slow {
    onStart = failing;
    onEnding = failing;
    onEnd = failing;
    forceFlush = (): Promise<void> => Promise.resolve();
    shutdown = (): Promise<void> => Promise.resolve();
  }
  const { flush, health } = start({ processors: [new Slow()] });
  expect(mill.grind()).toBe('flour');
  await flush.call(telemetry);
  expect(exporter.getFinishedSpans()).toHaveLength(1);
  expect(health.call(telemetry).faults).toMatchObject([
    { code: 'SPANDREL_PROCESSOR_FAILED', where: 'Slow', count: 3, first: expect.stringContaining('worn out later') },
  ]);
});

test('what it calls is not traced, and does not come back to it', async () => {
  const heard: string[] = [];
  const { flush } = start({
    processors: [
      processor({
        onEnd({ name }) {
          heard.push(name);
          callBoth();
        },
      }),
    ],
  });
  callBoth();
  await flush.call(telemetry);
  expect(heard).toEqual(['Mill.grind', 'by hand']);
  expect(exporter.getFinishedSpans()).toHaveLength(2);
});

test('a processor of the SDK exports what ours does, and not what was taken back', async () => {
  const own = new KeepingExporter();
  const open = new Set<unknown>();
  const { flush } = start({
    processors: [
      new SimpleSpanProcessor(own),
      processor({ onStart: (span) => void open.add(span), onEnd: (span) => void open.delete(span) }),
    ],
  });
  callBoth();
  expect(() => mill.fail()).toThrow();
  // The call that gives an observable is no call of its own: each subscription is one.
  mill.stream().subscribe();
  await flush.call(telemetry);
  const names = ['Mill.grind', 'by hand', 'Mill.fail', 'Mill.stream'];
  expect(exporter.getFinishedSpans().map(({ name }) => name)).toEqual(names);
  expect(own.getFinishedSpans().map(({ name }) => name)).toEqual(names);
  // It has heard of the end of each that it heard the start of.
  expect(open.size).toBe(0);
});

test('it is flushed and shut down with the rest, and one that fails to is told of', async () => {
  const done: string[] = [];
  class Stuck {
    onStart(): void {}
    onEnd(): void {}
    forceFlush(): Promise<void> {
      done.push('flush');
      return Promise.reject(new Error('stuck'));
    }
    shutdown(): Promise<void> {
      done.push('shutdown');
      return Promise.resolve();
    }
  }
  const running = start({ processors: [new Stuck()] });
  await running.flush();
  await running.shutdown();
  expect(done).toEqual(['flush', 'shutdown']);
  expect(running.health().faults).toMatchObject([{ code: 'SPANDREL_EXPORT_FAILED', where: 'Stuck', count: 1 }]);
});
