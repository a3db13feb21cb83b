/**
 * Spans into trees, whatever they say of their parents: parents that are elsewhere, spans given twice, spans that are
 * their own ancestors. It never recurses (a trace may be ten thousand deep) and leaves no span out.
 */
import type { DrawnSpan, DrawnTime } from './drawn-span.js';

/** A span in its place. Times are seconds since the start of the trace; NaN where unknown. */
export interface TreeNode {
  readonly span: DrawnSpan;
  readonly start: number;
  readonly end: number;
  /** Seconds; NaN where unknown. */
  readonly duration: number;
  readonly failed: boolean;
  /** It names a parent that is not its parent here. */
  readonly orphan: boolean;
  /** In order of their start. */
  readonly children: TreeNode[];
  /** Spans of this subtree, this one included, and how many of them failed. */
  readonly spans: number;
  readonly errors: number;
}

export interface TraceTree {
  readonly roots: readonly TreeNode[];
  readonly spans: number;
  readonly errors: number;
  /** Seconds from the first start to the last end; NaN where unknown. */
  readonly duration: number;
}

type Growing = { -readonly [K in keyof TreeNode]: K extends 'children' ? Growing[] : TreeNode[K] } & {
  parent: Growing | undefined;
};

/** `SpanStatusCode.ERROR`. */
const statusError = 2;

/** No time of a span is further than this from 1970 in seconds, or within a second in nanoseconds. */
const latest = 1e12;

/** The id OpenTelemetry writes for no span. */
const nobody = /^0*$/;

export function traceTreeOf(spans: readonly DrawnSpan[]): TraceTree {
  const { nodes, duration } = nodesOf(spans);
  nodes.sort(byStart);
  adopt(nodes);
  const roots = nodes.filter((node) => node.parent === undefined);
  // From the leaves up: in an order where parents come first, backwards.
  const order = reach(roots);
  for (const node of order.reverse()) {
    if (node.parent === undefined) continue;
    node.parent.spans += node.spans;
    node.parent.errors += node.errors;
  }
  return { roots, spans: nodes.length, errors: nodes.filter((node) => node.failed).length, duration };
}

function nodesOf(spans: readonly DrawnSpan[]): { nodes: Growing[]; duration: number } {
  // Times are taken from a second near all of them, so that nanoseconds survive the arithmetic.
  const base = spans.find((span) => known(span.startTime))?.startTime?.[0] ?? 0;
  const times = spans.map((span) => [secondsOf(span.startTime, base), secondsOf(span.endTime, base)] as const);
  let first = Infinity;
  let last = -Infinity;
  for (const [start, end] of times) {
    if (start < first) first = start;
    if (start > last) last = start;
    // An end before the start, or none, is no end: a span that was never finished has zeros there.
    if (end >= start && end > last) last = end;
  }
  const nodes = spans.map((span, index): Growing => {
    const [start, end] = times[index] ?? [Number.NaN, Number.NaN];
    const failed = span.status?.code === statusError;
    return {
      span,
      start: start - first,
      end: end >= start ? end - first : Number.NaN,
      duration: durationOf(span),
      failed,
      orphan: false,
      children: [],
      spans: 1,
      errors: failed ? 1 : 0,
      parent: undefined,
    };
  });
  return { nodes, duration: last >= first ? last - first : Number.NaN };
}

/** Gives every node its parent, where that is among them and doesn't lead in a circle. */
function adopt(nodes: readonly Growing[]): void {
  const byId = new Map<string, Growing>();
  for (const node of nodes) {
    const id = node.span.spanContext().spanId;
    if (!byId.has(id)) byId.set(id, node);
  }
  for (const node of nodes) {
    const named = node.span.parentSpanContext;
    if (named === undefined || nobody.test(named.spanId)) continue;
    node.parent = byId.get(named.spanId);
    node.orphan = node.parent === undefined;
  }
  const reached = new Set<Growing>();
  for (const node of nodes) breakCircle(node, reached);
  for (const node of nodes) node.parent?.children.push(node);
}

/** Walks up; where it comes by a node again, that one becomes a root. Nodes reached before lead to a root. */
function breakCircle(from: Growing, reached: Set<Growing>): void {
  const way = new Set<Growing>();
  let node: Growing | undefined = from;
  while (node !== undefined && !reached.has(node)) {
    if (way.has(node)) {
      node.parent = undefined;
      node.orphan = true;
      break;
    }
    way.add(node);
    node = node.parent;
  }
  for (const passed of way) reached.add(passed);
}

/** All nodes beneath and among `roots`, parents before their children. */
function reach(roots: readonly Growing[]): Growing[] {
  const order = [...roots];
  for (let at = 0; at < order.length; at += 1) {
    for (const child of order[at]?.children ?? []) order.push(child);
  }
  return order;
}

/** Unknown starts come last; the sort is stable, so equals stay as they were given. */
function byStart(a: Growing, b: Growing): number {
  if (a.start === b.start) return 0;
  if (Number.isNaN(a.start)) return Number.isNaN(b.start) ? 0 : 1;
  return Number.isNaN(b.start) ? -1 : a.start - b.start;
}

function known(time: DrawnTime | undefined): time is DrawnTime {
  // Comparing leaves out NaN and infinities as well.
  return Array.isArray(time) && Math.abs(time[0]) <= latest && Math.abs(time[1]) <= latest;
}

/** In whole nanoseconds first: spans that took as long are as long. */
function durationOf({ startTime: start, endTime: end }: DrawnSpan): number {
  if (!known(start) || !known(end)) return Number.NaN;
  const nanoseconds = (end[0] - start[0]) * 1e9 + (end[1] - start[1]);
  return nanoseconds >= 0 ? nanoseconds / 1e9 : Number.NaN;
}

function secondsOf(time: DrawnTime | undefined, base: number): number {
  return known(time) ? time[0] - base + time[1] / 1e9 : Number.NaN;
}
