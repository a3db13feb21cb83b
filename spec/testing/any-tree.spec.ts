/**
 * Whatever tree of spans is recorded: told as an expectation it matches, and with any one thing of it changed it does not.
 */
import { context, SpanKind, SpanStatusCode, type Tracer, trace } from '@opentelemetry/api';
import fc from 'fast-check';
import { assertTrace, type ExpectedSpan, startTestTelemetry, type TestTelemetry } from 'spandrel/testing';

interface Planned {
  readonly name: string;
  readonly kind: 'internal' | 'server' | 'client' | 'producer' | 'consumer';
  readonly status: 'unset' | 'ok' | 'error';
  readonly statusMessage: string;
  readonly attributes: Readonly<Record<string, string | number | boolean>>;
  readonly events: readonly { readonly name: string; readonly attributes: Readonly<Record<string, number>> }[];
  readonly children: readonly Planned[];
}

const word = fc.constantFrom('a', 'b', 'c');
const record = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<Record<string, T>> =>
  fc.dictionary(word, value, { maxKeys: 2, noNullPrototype: true });

const { tree } = fc.letrec<{ tree: Planned }>((tie) => ({
  tree: fc
    .record({
      name: word,
      kind: fc.constantFrom('internal', 'server', 'client', 'producer', 'consumer'),
      status: fc.constantFrom('unset', 'ok', 'error'),
      statusMessage: fc.constantFrom('', 'late'),
      attributes: record(fc.oneof(word, fc.integer(), fc.boolean())),
      events: fc.array(fc.record({ name: word, attributes: record(fc.nat(3)) }), { maxLength: 2 }),
      children: fc.oneof(
        { maxDepth: 4, depthIdentifier: 'spans' },
        fc.constant([]),
        fc.array(tie('tree'), { maxLength: 3 }),
      ),
    })
    // The SDK keeps a message of failures only.
    .map((span) => ({
      ...span,
      statusMessage: span.status === 'error' ? span.statusMessage : '',
    })) as fc.Arbitrary<Planned>,
}));

/** Ways to change one span of an expectation, each of which makes it another. */
const changes: readonly ((span: Planned) => ExpectedSpan | undefined)[] = [
  (span) => ({ ...span, name: `${span.name}!` }),
  (span) => ({ ...span, kind: span.kind === 'internal' ? 'client' : 'internal' }),
  (span) => ({ ...span, status: span.status === 'unset' ? 'error' : 'unset' }),
  (span) => ({ ...span, statusMessage: `${span.statusMessage}!` }),
  (span) => ({ ...span, running: true }),
  (span) => ({ ...span, attributes: { ...span.attributes, more: 1 } }),
  (span) => {
    const [first, ...rest] = Object.keys(span.attributes);
    if (first === undefined) return undefined;
    return { ...span, attributes: Object.fromEntries(rest.map((key) => [key, span.attributes[key]])) };
  },
  (span) => ({ ...span, events: [...span.events, { name: 'more' }] }),
  (span) => (span.events.length === 0 ? undefined : { ...span, events: span.events.slice(1) }),
  ({ events: [first, ...rest], ...span }) =>
    first && { ...span, events: [{ ...first, attributes: { ...first.attributes, a: -1 } }, ...rest] },
  (span) => ({ ...span, children: [...span.children, { name: 'a' }] }),
  (span) => (span.children.length === 0 ? undefined : { ...span, children: span.children.slice(0, -1) }),
];

let telemetry: TestTelemetry;
let tracer: Tracer;

beforeAll(() => {
  telemetry = startTestTelemetry({ clock: 'ticking' });
  tracer = trace.getTracer('by hand');
});

afterAll(() => telemetry.stop());

function play({ name, kind, status, statusMessage, attributes, events, children }: Planned): void {
  const span = tracer.startSpan(name, { kind: SpanKind[kind.toUpperCase() as 'CLIENT'], attributes });
  for (const event of events) span.addEvent(event.name, event.attributes);
  span.setStatus({ code: SpanStatusCode[status.toUpperCase() as 'OK'], message: statusMessage });
  context.with(trace.setSpan(context.active(), span), () => children.forEach(play));
  span.end();
}

const sizeOf = ({ children }: Planned): number => children.reduce((sum, child) => sum + sizeOf(child), 1);

/** The tree with the span at a place, counted from the root down, changed. */
function changedAt(
  span: Planned,
  place: number,
  change: (span: Planned) => ExpectedSpan | undefined,
): ExpectedSpan | undefined {
  if (place === 0) return change(span);
  let before = 1;
  for (const [at, child] of span.children.entries()) {
    if (place < before + sizeOf(child)) {
      const changed = changedAt(child, place - before, change);
      return changed && { ...span, children: span.children.map((other, index) => (index === at ? changed : other)) };
    }
    before += sizeOf(child);
  }
  return undefined;
}

test('matches as it is, and never with one thing changed', async () => {
  await fc.assert(
    fc.asyncProperty(tree, fc.nat(), fc.nat(changes.length - 1), async (planned, anywhere, which) => {
      await telemetry.reset();
      play(planned);
      assertTrace(telemetry, planned);
      assertTrace(telemetry, { ...planned, exact: true });
      const change = changes[which] as (typeof changes)[number];
      const changed = changedAt(planned, anywhere % sizeOf(planned), change);
      if (changed === undefined) return;
      expect(() => assertTrace(telemetry, { ...changed, exact: true })).toThrow('expected a trace like');
    }),
    { numRuns: 500 },
  );
});
