/**
 * What `limits` says of a span: for woven spans, for those made by hand, and for log records; code over environment over default.
 */
import { type Attributes, type Span, trace } from '@opentelemetry/api';
import { logs } from '@opentelemetry/api-logs';
import { bootstrap, type Settings, Traced } from 'spandrel';
import { recorded } from '../support/recorded-telemetry.js';

const { env } = process;

afterEach(async () => {
  await recorded.stop();
  process.env = env;
});

const variables = {
  OTEL_ATTRIBUTE_COUNT_LIMIT: '20',
  OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT: '20',
  OTEL_SPAN_EVENT_COUNT_LIMIT: '20',
  OTEL_SPAN_LINK_COUNT_LIMIT: '20',
};

const attributes: Attributes = Object.fromEntries(
  Array.from({ length: 150 }, (_, at) => [`a${at}`, 'x'.repeat(70_000)]),
);
const link = { context: { traceId: '1'.repeat(32), spanId: '1'.repeat(16), traceFlags: 1 } };

function fill(span: Span): void {
  span.setAttributes(attributes);
  for (let at = 0; at < 150; at += 1) span.addEvent('event').addLink(link);
}

class Mill {
  @Traced()
  turn(): void {
    fill(trace.getActiveSpan() as Span);
  }
}

const lengthsOf = (held: Attributes | undefined): [count: number, longest: number] => {
  const texts = Object.values(held ?? {}).map((value) => String(value).length);
  return [texts.length, Math.max(...texts)];
};

/** Of each span its attributes, the longest of them, its events and its links; of the log record the first two. */
async function kept(limits: Settings['limits']): Promise<unknown> {
  recorded.start((given) => bootstrap({ ...given, limits }));
  new Mill().turn();
  const byHand = trace.getTracer('hand').startSpan('by hand');
  fill(byHand);
  byHand.end();
  logs.getLogger('hand').emit({ attributes });
  const spans = (await recorded.spans()).map((span) => [
    ...lengthsOf(span.attributes),
    span.events.length,
    span.links.length,
  ]);
  const [record] = await recorded.logs();
  return { spans, log: lengthsOf(record?.attributes as Attributes) };
}

const both = (of: readonly number[]): unknown => ({ spans: [of, of], log: of.slice(0, 2) });

test('left out: the specification’s, and a length that the specification does not have', async () => {
  expect(await kept(undefined)).toEqual(both([128, 65_536, 128, 128]));
});

test('in the environment', async () => {
  process.env = { ...env, ...variables };
  expect(await kept({})).toEqual(both([20, 20, 20, 20]));
});

test('in code, over the environment', async () => {
  process.env = { ...env, ...variables, OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT: '21' };
  const limits = { attributes: 10, attributeLength: 11, events: 12, links: 13 };
  expect(await kept(limits)).toEqual(both([10, 11, 12, 13]));
});

test('none at all, and more than by default', async () => {
  expect(await kept({ attributes: 150, attributeLength: 100_000, events: 0, links: 0 })).toEqual({
    // The name of the function is one of them, and there first.
    spans: [
      [150, 70_000, 0, 0],
      [150, 70_000, 0, 0],
    ],
    log: [150, 70_000],
  });
});

test('where a text was cut, a woven span says so, and one by hand is the SDK’s', async () => {
  recorded.start((given) => bootstrap({ ...given, limits: { attributeLength: 5 } }));
  new Mill().turn();
  const byHand = trace.getTracer('hand').startSpan('by hand');
  byHand.setAttribute('a0', 'xxxxxxxx').end();
  expect((await recorded.spans()).map((span) => span.attributes['a0'])).toEqual(['xxxx…', 'xxxxx']);
});

test('a length of none is told of and ignored: the SDK would take it for no limit', async () => {
  process.env = { ...env, OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT: '0' };
  expect(await kept({})).toEqual(both([128, 65_536, 128, 128]));
  expect(recorded.faults()).toEqual([
    { code: 'SPANDREL_ENVIRONMENT_IGNORED', where: 'OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT', count: 1 },
  ]);
});
