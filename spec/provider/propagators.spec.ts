/**
 * The formats in which a trace goes on in another process: each writes exactly its headers with the ids of the woven span, and
 * a woven call goes on with the trace that comes in by them. One that fails costs nobody else anything.
 */
import {
  type Context,
  context,
  propagation,
  ROOT_CONTEXT,
  type TextMapGetter,
  type TextMapPropagator,
  type TextMapSetter,
  trace,
} from '@opentelemetry/api';
import { bootstrap, call, type Settings, type Telemetry, Traced } from 'spandrel';
import { KeepingExporter } from '../support/keeping-exporter.js';

type Headers = Record<string, string>;

class Mill {
  @Traced()
  send(): Headers {
    const headers: Headers = {};
    propagation.inject(context.active(), headers);
    return headers;
  }

  @Traced({ parent: call.arg(0) })
  take(_headers: Headers): Headers {
    return this.send();
  }
}

const mill = new Mill();
const exporter = new KeepingExporter();
let telemetry: Telemetry | undefined;

beforeEach(() => void jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined));
afterEach(async () => {
  await telemetry?.shutdown();
  delete process.env['OTEL_PROPAGATORS'];
  jest.restoreAllMocks();
  exporter.reset();
});

function start(propagators: Settings['propagators']): void {
  telemetry = bootstrap({
    export: { protocol: 'none', spanExporters: [exporter] },
    ...(propagators === undefined ? {} : { propagators }),
  });
}

const traceId = '0af7651916cd43dd8448eb211c80319c';
const spanId = 'b7ad6b7169203331';

interface Format {
  readonly name: 'tracecontext' | 'b3' | 'b3multi' | 'jaeger';
  /** What goes out, with the ids of a sampled span. */
  headers(traceId: string, spanId: string): Headers;
}

const formats: readonly Format[] = [
  { name: 'tracecontext', headers: (trace, span) => ({ traceparent: `00-${trace}-${span}-01` }) },
  { name: 'b3', headers: (trace, span) => ({ b3: `${trace}-${span}-1` }) },
  {
    name: 'b3multi',
    headers: (trace, span) => ({ 'x-b3-traceid': trace, 'x-b3-spanid': span, 'x-b3-sampled': '1' }),
  },
  { name: 'jaeger', headers: (trace, span) => ({ 'uber-trace-id': `${trace}:${span}:0:01` }) },
];

describe.each(['code', 'OTEL_PROPAGATORS'])('by %s', (way) => {
  function startWith(...names: Format['name'][]): void {
    if (way === 'code') return start(names);
    process.env['OTEL_PROPAGATORS'] = names.join(',');
    start(undefined);
  }

  test.each(formats)('$name: there and back', async ({ name, headers }) => {
    startWith(name);
    const sent = mill.send();
    const answered = mill.take(headers(traceId, spanId));
    context.with(propagation.extract(ROOT_CONTEXT, headers(traceId, spanId)), () => mill.send());
    await telemetry?.flush();
    const [alone, below, taken, within] = exporter.getFinishedSpans();
    const own = alone?.spanContext();
    expect(alone?.parentSpanContext).toBeUndefined();
    expect(lowerCase(sent)).toEqual(headers(own?.traceId as string, own?.spanId as string));
    for (const span of [taken, within]) {
      expect(span?.parentSpanContext).toMatchObject({ traceId, spanId, isRemote: true });
      expect(span?.spanContext().traceId).toBe(traceId);
    }
    expect(below?.parentSpanContext?.spanId).toBe(taken?.spanContext().spanId);
    expect(lowerCase(answered)).toEqual(headers(traceId, below?.spanContext().spanId as string));
  });

  test('several: all are written', () => {
    startWith('jaeger', 'b3', 'tracecontext');
    expect(Object.keys(mill.send())).toEqual(['uber-trace-id', 'b3', 'traceparent']);
  });
});

/** Names of headers are told without regard to case. */
function lowerCase(headers: Headers): Headers {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

test('of two that read the trace, the later one wins', async () => {
  start(['b3', 'tracecontext']);
  const other = 'a'.repeat(32);
  mill.take({ b3: `${other}-${spanId}-1`, traceparent: `00-${traceId}-${spanId}-01` });
  await telemetry?.flush();
  expect(exporter.getFinishedSpans()[0]?.spanContext().traceId).toBe(traceId);
});

test('B3 in its other form is read, too', async () => {
  start(['b3']);
  const answered = mill.take({ 'x-b3-traceid': traceId, 'x-b3-spanid': spanId, 'x-b3-sampled': '1' });
  await telemetry?.flush();
  const [below] = exporter.getFinishedSpans();
  expect(answered).toEqual({ b3: `${traceId}-${below?.spanContext().spanId}-1` });
});

test.each<[Format['name'], Headers, (span: string) => Headers]>([
  ['b3', { b3: `${traceId}-${spanId}-d` }, (span) => ({ b3: `${traceId}-${span}-d` })],
  [
    'b3multi',
    { 'x-b3-traceid': traceId, 'x-b3-spanid': spanId, 'x-b3-flags': '1' },
    (span) => ({ 'x-b3-traceid': traceId, 'x-b3-spanid': span, 'x-b3-flags': '1' }),
  ],
])('the debug flag of %s goes on through woven calls', async (name, comes, goes) => {
  start([name]);
  const answered = mill.take(comes);
  await telemetry?.flush();
  const [below, taken] = exporter.getFinishedSpans();
  expect(taken?.parentSpanContext?.spanId).toBe(spanId);
  expect(answered).toEqual(goes(below?.spanContext().spanId as string));
});

test('what was not sampled goes on as not sampled', () => {
  start(['b3', 'jaeger']);
  const { b3, 'uber-trace-id': jaeger } = mill.take({ b3: `${traceId}-${spanId}-0` });
  expect(b3).toMatch(new RegExp(`^${traceId}-[0-9a-f]{16}-0$`));
  expect(jaeger).toMatch(new RegExp(`^${traceId}:[0-9a-f]{16}:0:00$`));
});

test.each(['code', 'OTEL_PROPAGATORS'])(
  'none by %s: nothing is written or read, whatever else is named',
  async (way) => {
    if (way === 'code') start(['tracecontext', 'none', 'b3']);
    else {
      process.env['OTEL_PROPAGATORS'] = 'tracecontext,none';
      start(undefined);
    }
    expect(mill.take({ traceparent: `00-${traceId}-${spanId}-01` })).toEqual({});
    await telemetry?.flush();
    expect(exporter.getFinishedSpans().map((span) => span.parentSpanContext?.spanId === spanId)).toEqual([
      false,
      false,
    ]);
    expect(propagation.fields()).toEqual([]);
  },
);

/** Writes and reads `x-trace`, and does what else it is given. */
class Own implements TextMapPropagator {
  readonly meanwhile: (what: string) => void;

  constructor(meanwhile: (what: string) => void = () => undefined) {
    this.meanwhile = meanwhile;
  }

  inject(from: Context, carrier: unknown, setter: TextMapSetter): void {
    this.meanwhile('inject');
    const { traceId, spanId } = trace.getSpanContext(from) ?? {};
    setter.set(carrier, 'x-trace', `${traceId}/${spanId}`);
  }

  extract(to: Context, carrier: unknown, getter: TextMapGetter): Context {
    this.meanwhile('extract');
    const [traceId, spanId] = String(getter.get(carrier, 'x-trace')).split('/') as [string, string];
    return trace.setSpanContext(to, { traceId, spanId, traceFlags: 1, isRemote: true });
  }

  fields(): string[] {
    this.meanwhile('fields');
    return ['x-trace'];
  }
}

test('one of one’s own is used beside the others, and what it calls is not traced', async () => {
  start(['b3', new Own(() => mill.send())]);
  const answered = mill.take({ 'x-trace': `${traceId}/${spanId}` });
  await telemetry?.flush();
  const spans = exporter.getFinishedSpans();
  const below = spans[0]?.spanContext().spanId;
  expect(spans.map(({ name }) => name)).toEqual(['Mill.send', 'Mill.take']);
  expect(spans[1]?.parentSpanContext).toMatchObject({ traceId, spanId });
  expect(answered).toEqual({ b3: `${traceId}-${below}-1`, 'x-trace': `${traceId}/${below}` });
  expect(propagation.fields()).toEqual(['b3', 'x-trace']);
});

test('one that throws is told of once, and touches neither the call nor the others', async () => {
  const failing = new Own((what) => {
    throw new Error(`no ${what}`);
  });
  class Lost extends Own {
    override extract(): Context {
      return undefined as unknown as Context;
    }
  }
  start([failing, 'tracecontext', new Lost()]);
  for (let i = 0; i < 3; i += 1) {
    const answered = mill.take({ traceparent: `00-${traceId}-${spanId}-01` });
    expect(answered['traceparent']).toContain(traceId);
    expect(answered['x-trace']).toContain(traceId);
  }
  expect(propagation.fields()).toEqual(['traceparent', 'tracestate', 'x-trace']);
  await telemetry?.flush();
  const taken = exporter.getFinishedSpans().filter(({ name }) => name === 'Mill.take');
  expect(taken.map(({ parentSpanContext }) => parentSpanContext?.spanId)).toEqual([spanId, spanId, spanId]);
  expect(telemetry?.health().faults).toMatchObject([
    { code: 'SPANDREL_PROPAGATOR_FAILED', where: 'Own', count: 7 },
    { code: 'SPANDREL_PROPAGATOR_FAILED', where: 'Lost', count: 3 },
  ]);
  expect(process.emitWarning).toHaveBeenCalledTimes(2);
});
