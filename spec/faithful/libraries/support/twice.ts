/**
 * One service class, made twice from the same source: bare, and with every annotation on each of its marked methods. The
 * same exercise is run on both, and what it gives and the order of what it did must be equal; then what was told of the
 * annotated one is held against the spans written by hand, and its metrics against those spans.
 */
import { Counted, InFlight, Timed, Traced } from 'spandrel';
import { type Point, recorded, type SpanTree } from '../../../support/recorded-telemetry.js';

/** The mark on a method: all annotations, or none. */
export type Mark = <Method extends (this: never, ...args: never[]) => unknown>(
  value: Method,
  context: ClassMethodDecoratorContext,
) => void;

const bare: Mark = () => {};

export const annotated: Mark = (value, context) => {
  const attributes = { method: String(context.name) };
  Traced()(value, context);
  Counted('library.calls', { attributes })(value, context);
  Timed('library.durations', { attributes })(value, context);
  InFlight('library.in_flight', { attributes })(value, context);
};

/** What the service and the exercise write down, in order. */
export type Log = unknown[];

/**
 * Runs the exercise on the bare service, then on the annotated one, each made anew, and gives what the annotated one gave
 * when that is what the bare one gave.
 */
export async function twice<Service, Result>(
  make: (mark: Mark, log: Log) => Service,
  exercise: (service: Service, log: Log) => Result | Promise<Result>,
): Promise<{ readonly result: Result; readonly log: Log }> {
  const runs = [];
  for (const mark of [bare, annotated]) {
    const log: Log = [];
    const result = await exercise(make(mark, log), log);
    runs.push({ result, log });
  }
  const [expected, actual] = runs as [(typeof runs)[number], (typeof runs)[number]];
  expect(actual).toEqual(expected);
  return actual;
}

/** The spans are exactly these, each was counted and timed once, nothing is in flight, and nothing went wrong. */
export async function expectTelemetry(...trees: readonly SpanTree[]): Promise<void> {
  // Node tells of the end of a web stream in a tick of its own.
  await new Promise(setImmediate);
  expect(await recorded.trees()).toEqual(trees);
  const spans = trees.flatMap(flat);
  expect(sorted(await recorded.points('library.calls'))).toEqual(settled(spans));
  expect(sorted(await recorded.points('library.durations'))).toEqual(settled(spans));
  const inFlight = await recorded.points('library.in_flight');
  expect(inFlight.filter(([, value]) => value !== 0)).toEqual([]);
  expect(inFlight.map(([{ method }]) => method)).toEqual(expect.arrayContaining(spans.map(methodOf)));
  expect(recorded.faults()).toEqual([]);
}

/** How a promise (or a thenable) ended, to compare: of an error, its names and message. */
export async function outcomeOf(pending: PromiseLike<unknown>): Promise<unknown> {
  try {
    return { resolved: await pending };
  } catch (error) {
    return { rejected: told(error) };
  }
}

/** An error as plain text, with the class it is of. */
export function told(error: unknown): string {
  if (!(error instanceof Error) && !isErrorOfAnotherRealm(error)) return String(error);
  const { code } = error as { readonly code?: unknown };
  return `${error.constructor.name} ${error.name}${code === undefined || code === null ? '' : ` ${String(code)}`}: ${error.message}`;
}

/** Node's own errors are not of the realm in which Jest runs a spec. */
function isErrorOfAnotherRealm(error: unknown): error is Error {
  return Object.prototype.toString.call(error) === '[object Error]' || error instanceof DOMException;
}

function flat(tree: SpanTree): SpanTree[] {
  return [tree, ...tree.children.flatMap(flat)];
}

function methodOf({ name }: SpanTree): string {
  return name.slice(name.indexOf('.') + 1);
}

/** The points that calls with these spans leave: one series for each method and kind of failure. */
function settled(spans: readonly SpanTree[]): Point[] {
  const counts = new Map<string, Point>();
  for (const span of spans) {
    const failure = span.attributes['error.type'];
    const attributes = { method: methodOf(span), ...(failure === undefined ? {} : { 'error.type': failure }) };
    const key = JSON.stringify(attributes);
    counts.set(key, [attributes, (counts.get(key)?.[1] ?? 0) + 1]);
  }
  return sorted([...counts.values()]);
}

function sorted(points: readonly Point[]): Point[] {
  const keyOf = ([{ method, 'error.type': failure }]: Point): string => `${method} ${failure ?? ''}`;
  return [...points].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}
