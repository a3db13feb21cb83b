/**
 * Whatever a program does to a woven span, it reads as an SDK span to which the same was done, within whatever limits; and
 * the same is told of what can't be done. But for one: where a text was cut, a woven span says so.
 */
import { inspect } from 'node:util';
import {
  type Attributes,
  type DiagLogger,
  DiagLogLevel,
  diag,
  ROOT_CONTEXT,
  type Span,
  TraceFlags,
  trace,
} from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import * as fc from 'fast-check';
import { anchorFor, timeAt } from '../../lib/recorder/clock.js';
import { EndedSpans, recorderOf, type usualBounds } from '../support/recorder-of.js';
import { bounds, operations, start } from './span-operations.js';

let told: unknown[] = [];

beforeEach(() => {
  const tell =
    (level: string) =>
    (...words: unknown[]): void =>
      void told.push([level, ...words.map(withoutIds)]);
  const logger: DiagLogger = {
    error: tell('error'),
    warn: tell('warn'),
    info: tell('info'),
    debug: tell('debug'),
    verbose: tell('verbose'),
  };
  diag.setLogger(logger, { logLevel: DiagLogLevel.ALL, suppressOverrideMessage: true });
});

afterEach(() => diag.disable());

const withoutIds = (word: unknown): string =>
  (word instanceof Error ? word.message : fc.stringify(word)).replace(/\b[0-9a-f]{16,32}\b/g, 'id');

/** Attributes in their order. What a text has at its last place, where that is the last it may have, the two may differ in. */
function attributesSeen(attributes: Attributes | undefined, limit: number): unknown {
  const last = (text: unknown): unknown =>
    typeof text === 'string' && text.length === limit ? [text.slice(0, -1), 'and the last'] : text;
  return (
    attributes && Object.entries(attributes).map(([name, value]) => [name, [value].flat().map(last), typeof value])
  );
}

/** All that a reader can see, and in which order; ids aside. */
function seen(span: ReadableSpan, { attributeValueLengthLimit: limit }: typeof usualBounds): unknown {
  const { traceFlags, traceState, isRemote } = span.spanContext();
  return {
    name: span.name,
    kind: span.kind,
    context: { traceFlags, traceState, isRemote },
    parent: span.parentSpanContext,
    times: [span.startTime, span.endTime, span.duration],
    status: span.status,
    attributes: attributesSeen(span.attributes, limit),
    events: span.events.map((event) => ({ ...event, attributes: attributesSeen(event.attributes, limit) })),
    links: span.links.map((link) => ({ ...link, attributes: attributesSeen(link.attributes, limit) })),
    ended: span.ended,
    dropped: [span.droppedAttributesCount, span.droppedEventsCount, span.droppedLinksCount],
    scope: { name: span.instrumentationScope.name, version: span.instrumentationScope.version },
    resource: span.resource.attributes,
  };
}

/** What was told while `work` ran, and what the span reads as after each step. */
function history(work: readonly (() => void)[], span: () => ReadableSpan, limits: typeof usualBounds): unknown {
  told = [];
  const states = work.map((step) => {
    step();
    return seen(span(), limits);
  });
  return { states, told };
}

type Begun = Span & ReadableSpan;

function begin(given: typeof start extends fc.Arbitrary<infer S> ? S : never, limits: typeof usualBounds) {
  const startedAt = performance.now();
  const attributes: Attributes | undefined = given.more && { ...given.fixed, ...given.more };
  const site = { kind: given.kind, attributes: given.fixed, more: Object.keys(given.more ?? {}) };
  const recorder = recorderOf({ bounds: limits });
  const woven = recorder.at(site).start(given.name, parent, startedAt, attributes && { ...attributes }, given.links);
  const provider = new NodeTracerProvider({ spanLimits: limits, resource: (woven as unknown as Begun).resource });
  const options = {
    kind: given.kind,
    attributes: attributes ?? given.fixed,
    startTime: timeAt(startedAt, anchorFor(startedAt)),
    ...(given.links === undefined ? {} : { links: given.links }),
  };
  const sdk = provider.getTracer('spec').startSpan(given.name, options, parent);
  return { woven: woven as unknown as Begun, sdk: sdk as Begun };
}

const parent = trace.setSpanContext(ROOT_CONTEXT, {
  traceId: 'c'.repeat(32),
  spanId: 'd'.repeat(16),
  traceFlags: TraceFlags.SAMPLED,
  isRemote: true,
});

test('every sequence of operations, within every limit', () => {
  fc.assert(
    fc.property(start, bounds, operations, (given, limits, steps) => {
      const { woven, sdk } = begin(given, limits);
      const nothing = (): void => undefined;
      const doneTo = (span: Begun): unknown => {
        return history([nothing, ...steps.map((step) => () => step.on(span))], () => span, limits);
      };
      expect(doneTo(woven)).toEqual(doneTo(sdk));
      expect(woven.isRecording()).toBe(sdk.isRecording());
    }),
    { numRuns: 1000 },
  );
});

test('attributes given at the start are cut and counted, and what is dropped is told', () => {
  fc.assert(
    fc.property(start, bounds, (given, limits) => {
      told = [];
      const { woven, sdk } = begin(given, limits);
      expect(seen(woven, limits)).toEqual(seen(sdk, limits));
    }),
    { numRuns: 500 },
  );
});

test('an event and an end without a time are of now, in the order they came', () => {
  const sink = new EndedSpans();
  const site = recorderOf({ sink }).at({ kind: 0, attributes: {}, more: [] });
  const span = site.start('now', ROOT_CONTEXT, performance.now(), undefined, undefined) as unknown as Begun;
  span.addEvent('first').addEvent('second', { a: 1 }).end();
  const { startTime, endTime, events } = sink.ended[0] as ReadableSpan;
  const times = [startTime, ...events.map(({ time }) => time), endTime].map(
    ([s, n]) => BigInt(s) * 1_000_000_000n + BigInt(n),
  );
  expect(times).toEqual([...times].sort((a, b) => (a < b ? -1 : 1)));
  expect(Math.abs(endTime[0] * 1000 - Date.now())).toBeLessThan(60_000);
});

test('what one span is given does not show on the next of its site', () => {
  const sink = new EndedSpans();
  const site = recorderOf({ sink }).at({ kind: 0, attributes: Object.freeze({ fixed: 1 }), more: [] });
  const [one, other, third] = [1, 2, 3].map(
    () => site.start('s', ROOT_CONTEXT, performance.now(), undefined, undefined) as unknown as Begun,
  );
  one?.setAttribute('fixed', 2).setAttribute('own', 3);
  // A processor that writes to what it reads, as some do to hide secrets.
  if (other !== undefined) other.attributes['fixed'] = 4;
  expect([one?.attributes, other?.attributes, third?.attributes]).toEqual([
    { fixed: 2, own: 3 },
    { fixed: 4 },
    { fixed: 1 },
  ]);
});

test('it is shown by what it is, and by its name where it is deep in something', () => {
  const site = recorderOf().at({ kind: 0, attributes: { fixed: 1 }, more: [] });
  const span = site.start('shown', ROOT_CONTEXT, performance.now(), undefined, undefined) as unknown as Begun;
  const shown = inspect(span);
  expect(shown).toMatch(/^WovenSpan \{\n? +name: 'shown'/);
  expect(shown).toContain(span.spanContext().spanId);
  expect(shown).toContain('{ fixed: 1 }');
  expect(shown).not.toContain('site');
  expect(inspect({ a: { b: { c: { d: span } } } }, { depth: 3 })).toContain('[WovenSpan]');
});
