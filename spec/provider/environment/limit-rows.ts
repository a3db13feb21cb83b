/**
 * How much of a span or of a log record is kept: of woven spans, of those of the SDK, and of log records.
 */
import { type Attributes, type Span, trace } from '@opentelemetry/api';
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { log, type Settings } from 'spandrel';
import { Kept } from './kept.js';
import { Mill, type Row, ran, type Variables } from './row.js';

const many = 130;
const text = 'x'.repeat(1_000);
const attributes: Attributes = Object.fromEntries(Array.from({ length: many }, (_, at) => [`a${at}`, text]));

interface Bounds {
  readonly attributes: number;
  readonly length: number;
  readonly events: number;
  readonly links: number;
  readonly perEvent: number;
  readonly perLink: number;
}

const spanDefaults: Bounds = { attributes: 128, length: 1_000, events: 128, links: 128, perEvent: 128, perLink: 128 };
const logDefaults = { attributes: 128, length: 1_000 };

function fill(span: Span): void {
  span.setAttributes(attributes);
  for (let at = 0; at < many; at += 1) {
    span.addEvent('event', attributes);
    span.addLink({ context: { traceId: '1'.repeat(32), spanId: '1'.repeat(16), traceFlags: 1 }, attributes });
  }
}

const most = (found: readonly { readonly attributes?: Attributes | undefined }[]): number =>
  Math.max(...found.map((one) => Object.keys(one.attributes ?? {}).length));

const heldBy = (kept: Readonly<Record<string, unknown>>) => ({
  attributes: Object.keys(kept).length,
  length: Math.max(...Object.values(kept).map((value) => String(value).length)),
});

function boundsOf(span: ReadableSpan): Bounds {
  const { events, links } = span;
  return {
    ...heldBy(span.attributes),
    events: events.length,
    links: links.length,
    perEvent: most(events),
    perLink: most(links),
  };
}

/** What was kept with these variables set, where everything is more than is kept by default. */
async function expectKept(
  variables: Variables,
  { spans = {}, logs = {} }: { spans?: Partial<Bounds>; logs?: Partial<typeof logDefaults> },
): Promise<void> {
  const keptSpans = new Kept<ReadableSpan>();
  const keptLogs = new Kept<ReadableLogRecord>();
  const settings: Settings = {
    export: { protocol: 'none', spanExporters: [keptSpans], logExporters: [keptLogs] },
    // A span that is full in all of its parts takes tens of megabytes.
    limits: { memoryBytes: 2 ** 30 },
  };
  await ran(variables, settings, () => {
    new Mill().turn(() => fill(trace.getActiveSpan() as Span));
    const byHand = trace.getTracer('hand').startSpan('by hand');
    fill(byHand);
    byHand.end();
    log.info('filled', attributes);
  });
  const ofSpans = { ...spanDefaults, ...spans };
  expect(keptSpans.records.map((span) => [span.name, boundsOf(span)])).toEqual([
    ['Mill.turn', ofSpans],
    ['by hand', ofSpans],
  ]);
  expect(heldBy(keptLogs.records.at(-1)?.attributes ?? {})).toEqual({ ...logDefaults, ...logs });
}

type Kinds = Parameters<typeof expectKept>[1];

/** A variable by itself, and over the general one where there is one; without it the default holds. */
const limit = (variable: string, means: string, kinds: Kinds, general?: readonly [string, Kinds]): Row => ({
  means,
  async run() {
    await expectKept({ [variable]: '40' }, kinds);
    await expectKept({ [variable]: '-40' }, {});
    if (general === undefined) return;
    const [other, otherwise] = general;
    const both = {
      spans: { ...otherwise.spans, ...kinds.spans },
      logs: { ...otherwise.logs, ...kinds.logs },
    };
    await expectKept({ [variable]: '40', [other]: '20' }, both);
    await expectKept(
      { [variable]: '40', [other]: '60' },
      {
        spans: { ...(kinds.spans === undefined ? sixty(otherwise.spans) : kinds.spans) },
        logs: { ...(kinds.logs === undefined ? sixty(otherwise.logs) : kinds.logs) },
      },
    );
  },
});

const sixty = (bounds: Readonly<Record<string, unknown>> = {}): Record<string, number> =>
  Object.fromEntries(Object.keys(bounds).map((name) => [name, 60]));

const generalCount = ['OTEL_ATTRIBUTE_COUNT_LIMIT', { spans: { attributes: 20 }, logs: { attributes: 20 } }] as const;
const generalLength = ['OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT', { spans: { length: 20 }, logs: { length: 20 } }] as const;

/** By the specification's name and by the SDK's; the specification's is the stronger. */
function perPart<K extends 'EVENT' | 'LINK'>(kind: K) {
  const variable = `OTEL_${kind}_ATTRIBUTE_COUNT_LIMIT` as const;
  const nameOfSdk = `OTEL_SPAN_ATTRIBUTE_PER_${kind}_COUNT_LIMIT` as const;
  const part = kind === 'EVENT' ? 'perEvent' : 'perLink';
  const rows: Record<string, Row> = {
    [variable]: {
      means: `attributes of each ${kind.toLowerCase()}`,
      async run() {
        await expectKept({ [variable]: '40' }, { spans: { [part]: 40 } });
        await expectKept({ [variable]: '40', [nameOfSdk]: '50' }, { spans: { [part]: 40 } });
        await expectKept({ [variable]: '-1' }, {});
      },
    },
    [nameOfSdk]: {
      means: `the same by the name that the JavaScript SDK has for it`,
      async run() {
        await expectKept({ [nameOfSdk]: '50' }, { spans: { [part]: 50 } });
        await expectKept({ [variable]: 'many', [nameOfSdk]: '50' }, { spans: { [part]: 50 } });
        await expectKept({ [nameOfSdk]: '-1' }, {});
      },
    },
  };
  return rows as Record<typeof variable | typeof nameOfSdk, Row>;
}

/** No setting in code of this version has a say in these. */
export const limitRows = {
  OTEL_ATTRIBUTE_COUNT_LIMIT: limit('OTEL_ATTRIBUTE_COUNT_LIMIT', 'attributes of spans and of log records', {
    spans: { attributes: 40 },
    logs: { attributes: 40 },
  }),
  OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT: limit('OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT', 'texts of spans and log records', {
    spans: { length: 40 },
    logs: { length: 40 },
  }),
  OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT: limit(
    'OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT',
    'attributes of spans, over the general limit',
    { spans: { attributes: 40 } },
    generalCount,
  ),
  OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT: limit(
    'OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT',
    'texts of spans, over the general limit',
    { spans: { length: 40 } },
    generalLength,
  ),
  OTEL_SPAN_EVENT_COUNT_LIMIT: limit('OTEL_SPAN_EVENT_COUNT_LIMIT', 'events of a span', { spans: { events: 40 } }),
  OTEL_SPAN_LINK_COUNT_LIMIT: limit('OTEL_SPAN_LINK_COUNT_LIMIT', 'links of a span', { spans: { links: 40 } }),
  ...perPart('EVENT'),
  ...perPart('LINK'),
  OTEL_LOGRECORD_ATTRIBUTE_COUNT_LIMIT: limit(
    'OTEL_LOGRECORD_ATTRIBUTE_COUNT_LIMIT',
    'attributes of log records, over the general limit',
    { logs: { attributes: 40 } },
    generalCount,
  ),
  OTEL_LOGRECORD_ATTRIBUTE_VALUE_LENGTH_LIMIT: limit(
    'OTEL_LOGRECORD_ATTRIBUTE_VALUE_LENGTH_LIMIT',
    'texts of log records, over the general limit',
    { logs: { length: 40 } },
    generalLength,
  ),
};
