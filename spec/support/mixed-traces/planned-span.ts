/**
 * Traces to be made, of mixed shapes: annotated methods and spans made by hand in one another, some of which fail, at any depth and in
 * any way. And what is to be told of each of their spans. A run is told by its seed.
 */

/** Annotated methods, and spans made by hand: `active` ones have others in them, a `bare` one is started and ended. */
export type Make = 'sync' | 'async' | 'generator' | 'asyncGenerator' | 'active' | 'activeAsync' | 'bare' | 'request';

export interface PlannedSpan {
  readonly key: number;
  readonly make: Make;
  /** How it fails by itself: it throws, or says so by the API. */
  readonly fails: 'throws' | 'says' | undefined;
  /** Whether what one of its own fails with is handed on, or swallowed. */
  readonly passes: boolean;
  /** Whether those of its own are made at once. */
  readonly together: boolean;
  /** How many turns it waits before each of its own. */
  readonly rests: number;
  readonly children: readonly PlannedSpan[];
}

export type Random = () => number;

/** How often one process calls another: of the spans that may, 0 to 1. Such a span is a `request` with one span below it. */
export interface Mix {
  readonly failing: number;
  readonly requests: number;
  readonly together: boolean;
}

type Growing = { -readonly [Name in keyof PlannedSpan]: PlannedSpan[Name] } & { children: Growing[] };

const atOnce: readonly Make[] = ['sync', 'sync', 'generator', 'active', 'bare'];
const later: readonly Make[] = [...atOnce, 'async', 'async', 'async', 'asyncGenerator', 'activeAsync'];

export class Planner {
  readonly #random: Random;
  readonly #mix: Mix;
  #keys = 0;

  constructor(random: Random, mix: Partial<Mix> = {}) {
    this.#random = random;
    this.#mix = { failing: 0.03, requests: 0, together: true, ...mix };
  }

  trace(): PlannedSpan {
    const all: Growing[] = [];
    const root = this.#grow(this.#pick(5), true, all);
    if (this.#random() >= this.#mix.failing) return root;
    this.#fail(all);
    // Some fail at two places.
    if (this.#pick(5) === 0) this.#fail(all);
    return root;
  }

  traces(count: number): PlannedSpan[] {
    return Array.from({ length: count }, () => this.trace());
  }

  #grow(depth: number, mayWait: boolean, all: Growing[]): Growing {
    const { requests, together } = this.#mix;
    this.#keys += 1;
    const isRequest = mayWait && depth > 0 && this.#random() < requests;
    const makes = mayWait ? later : atOnce;
    const span: Growing = {
      key: this.#keys,
      make: isRequest ? 'request' : (makes[this.#pick(makes.length)] as Make),
      fails: undefined,
      passes: this.#pick(2) === 0,
      together: together && this.#pick(2) === 0,
      rests: this.#pick(3),
      children: [],
    };
    all.push(span);
    const count = isRequest ? 1 : span.make === 'bare' || depth === 0 ? 0 : this.#pick(4);
    for (let child = 0; child < count; child += 1) span.children.push(this.#grow(depth - 1, waits(span.make), all));
    return span;
  }

  #fail(all: readonly Growing[]): void {
    const able = all.filter(({ make }) => make !== 'request');
    const one = able[this.#pick(able.length)] ?? (all[0] as Growing);
    one.fails = one.make !== 'request' && this.#pick(2) === 0 ? 'throws' : 'says';
  }

  #pick(most: number): number {
    return Math.floor(this.#random() * most);
  }
}

/** Whether what it does may take turns of the event loop. */
export function waits(make: Make): boolean {
  return make === 'async' || make === 'asyncGenerator' || make === 'activeAsync' || make === 'request';
}

export const isWoven = (make: Make): boolean => make !== 'active' && make !== 'activeAsync' && make !== 'bare';

/** Whether it gives its caller something thrown. */
export const throwsOut = ({ fails, passes, children }: PlannedSpan): boolean =>
  fails === 'throws' || (passes && children.some(throwsOut));

/** Whether its own span is to say that it failed. By hand it is said of what is thrown, too. */
export const isFailed = (span: PlannedSpan): boolean => span.fails === 'says' || throwsOut(span);

export function* spansOf(root: PlannedSpan): Generator<PlannedSpan> {
  yield root;
  for (const child of root.children) yield* spansOf(child);
}

/** How many calls of each make there were, and how they ended: as their counter is to tell it. */
export function callsIn(spans: Iterable<PlannedSpan>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const span of spans) {
    if (!isWoven(span.make)) continue;
    const kind = `${span.make} ${throwsOut(span) ? 'error' : 'success'}`;
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return counts;
}
