/**
 * The table of settings as far as it is built. The types beside it (`settings.ts`) say the same to the compiler; this is
 * what a JavaScript user, a JSON file or a cast is checked against.
 */
import { longestTimerMs } from '../deadline.js';
import {
  callback,
  flag,
  group,
  httpAddress,
  httpAddresses,
  httpHeaders,
  list,
  listWith,
  namesOr,
  oneOf,
  pem,
  positive,
  share,
  text,
  type ValueRule,
  wholeNumber,
} from './rules.js';

const stream: ValueRule = {
  allowed: 'something with a write method, such as process.stdout',
  accepts: (value) => typeof (value as { write?: unknown } | null)?.write === 'function',
};

const slowestTraces: ValueRule = {
  allowed: '"all", or how many of the slowest traces to draw at the end (a whole number from 1 to 1000)',
  accepts: (value) => value === 'all' || wholeNumber('', 1, 1000).accepts(value),
};

const switchedOff: ValueRule = {
  allowed: 'false',
  accepts: (value) => value === false,
  notBuilt: (value) => typeof value === 'object' && value !== null,
};

const port: ValueRule = {
  allowed: 'a port: a whole number from 0 to 65535',
  accepts: (value) => wholeNumber('', 0, 65_535).accepts(value),
};

const views: ValueRule = {
  allowed: 'a list of views (objects as MeterProvider of @opentelemetry/sdk-metrics takes them)',
  accepts: (value) => list(value, (one) => typeof one === 'object' && one !== null),
};

const propagators: ValueRule = namesOr(
  ['tracecontext', 'baggage', 'b3', 'b3multi', 'jaeger', 'none'],
  'propagators (objects with inject and extract and fields)',
  ['inject', 'extract', 'fields'],
);

const detectors: ValueRule = namesOr(
  ['host', 'os', 'process', 'container', 'serviceinstance', 'env'],
  'resource detectors (objects with detect)',
  ['detect'],
);

const instrumentations: ValueRule = listWith(
  'instrumentations',
  'enable',
  'disable',
  'setTracerProvider',
  'setMeterProvider',
);

const kinds = oneOf(['internal', 'server', 'client', 'producer', 'consumer']);

/** What a rule may say, and how each may be said. */
const partsOfRule: Readonly<Record<string, (value: unknown) => boolean>> = {
  name: isTextOrPattern,
  attributes: (value) =>
    isRecord(value) &&
    Object.keys(value).length > 0 &&
    Object.values(value).every(
      (one) => isTextOrPattern(one) || typeof one === 'boolean' || (typeof one === 'number' && Number.isFinite(one)),
    ),
  kind: kinds.accepts,
  when: callback.accepts,
  keep: share.accepts,
};

const traceRules: ValueRule = {
  allowed:
    'a list of rules (objects with name (a text or a pattern), attributes (texts, numbers, flags or patterns by name), kind, when (a function), keep (0 to 1))',
  accepts: (value) =>
    list(
      value,
      (rule) =>
        isRecord(rule) &&
        Object.entries(rule).every(([part, said]) => said === undefined || partsOfRule[part]?.(said) === true) &&
        Object.entries(rule).some(([part, said]) => part !== 'keep' && said !== undefined),
    ),
};

function isTextOrPattern(value: unknown): boolean {
  return (typeof value === 'string' && value !== '') || value instanceof RegExp;
}

function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Map);
}

const seriesLimit = wholeNumber('series', 1, 1_000_000);

const seriesByMetric: ValueRule = {
  allowed: `${seriesLimit.allowed}, or an object of such numbers by the names of metrics ("*": all others)`,
  accepts: (value) =>
    seriesLimit.accepts(value) || (isRecord(value) && Object.values(value).every(seriesLimit.accepts)),
};

/** A text of V8's has no more characters than half of that. */
const longestLimit = 1_000_000_000;

const stopping = oneOf(['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT', 'SIGUSR2', 'SIGBREAK']);

const stopSignals: ValueRule = {
  allowed: `true, false, or a list of signals (${stopping.allowed})`,
  accepts: (value) => typeof value === 'boolean' || (Array.isArray(value) && value.every(stopping.accepts)),
};

export const settingsTable = group(
  {
    service: group({ name: text, version: text, namespace: text, environment: text, instance: text }, [], text),
    export: group(
      {
        protocol: oneOf(['http/protobuf', 'http/json', 'grpc', 'console', 'none']),
        endpoint: httpAddress,
        endpoints: httpAddresses,
        headers: httpHeaders,
        compression: oneOf(['none', 'gzip']),
        timeoutMs: wholeNumber('milliseconds', 1, longestTimerMs),
        console: group({
          stream,
          traces: slowestTraces,
          attributes: flag,
          width: wholeNumber('columns', 40, 10_000),
          colour: flag,
        }),
        tls: group({ ca: pem, cert: pem, key: pem, minVersion: oneOf(['TLSv1.2', 'TLSv1.3']) }),
        prometheus: group({ host: text, port }),
        spanExporters: listWith('span exporters', 'export', 'shutdown'),
        metricReaders: listWith('metric readers', 'collect', 'forceFlush', 'setMetricProducer', 'shutdown'),
        logExporters: listWith('log record exporters', 'export', 'shutdown'),
      },
      ['viewer'],
    ),
    batch: group(
      {
        size: wholeNumber('records', 1, 1_000_000),
        intervalMs: wholeNumber('milliseconds', 1, longestTimerMs),
        buffer: wholeNumber('records', 1, 10_000_000),
      },
      ['adaptive'],
    ),
    metrics: group({
      intervalMs: wholeNumber('milliseconds', 1, longestTimerMs),
      temporality: oneOf(['cumulative', 'delta', 'lowmemory']),
      views,
      own: flag,
      host: flag,
      runtime: flag,
    }),
    sampling: group({
      success: share,
      error: share,
      slow: group({ overMs: positive('milliseconds'), rate: share }),
      rules: traceRules,
      adaptive: group({ threshold: share, load: callback, rate: callback }, [], flag),
      maxSpansPerSecond: positive('spans'),
      perSite: positive('spans'),
      collapse: flag,
      decideAfterMs: wholeNumber('milliseconds', 1, longestTimerMs),
    }),
    limits: group({
      idleMs: wholeNumber('milliseconds', 1, longestTimerMs),
      memoryBytes: wholeNumber('bytes', 2 ** 20, Number.MAX_SAFE_INTEGER),
      attributes: wholeNumber('attributes', 0, 1_000_000),
      attributeLength: wholeNumber('characters', 1, longestLimit),
      events: wholeNumber('events', 0, 1_000_000),
      links: wholeNumber('links', 0, 1_000_000),
      series: seriesLimit,
      seriesPerMetric: seriesByMetric,
    }),
    shutdown: group({ timeoutMs: wholeNumber('milliseconds', 1, longestTimerMs), signals: stopSignals }),
    processors: listWith('span processors', 'onStart', 'onEnd', 'forceFlush', 'shutdown'),
    logProcessors: listWith('log record processors', 'onEmit', 'forceFlush', 'shutdown'),
    propagators,
    detectors,
    instrumentations,
    provider: oneOf(['own', 'existing']),
    redaction: switchedOff,
  },
  ['retry', 'breaker', 'spool', 'genai'],
);
