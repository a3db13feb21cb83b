/**
 * What must be told of a case, from its description alone: span trees and the measurements of each metric.
 */
import type { Attributes } from '@opentelemetry/api';
import { failedSpan, type Point, type SpanTree, span } from '../../support/recorded-telemetry.js';
import { type CallAnnotation, told } from './annotation-sets.js';
import type { Case } from './cases.js';
import type { ExpectedCall } from './scenario.js';

/** The contract does not say what a call of this kind gave: whatever is told of it is as good. */
export const unsaid = 'table.result';

const isExpected = ({ set }: Case, { failure }: ExpectedCall): boolean =>
  set.expected === true && isRangeError(failure?.value);

function isRangeError(value: unknown): boolean {
  try {
    return value instanceof RangeError;
  } catch {
    return false;
  }
}

const failed = (one: Case, expected: ExpectedCall): boolean =>
  expected.failure !== undefined && !isExpected(one, expected);

/** What the sources give. */
function sourced(one: Case, call: ExpectedCall): Attributes {
  const { set, declaration, scenario } = one;
  if (set.sources !== true) return {};
  const isGiven = declaration.getter !== true && scenario.outcome !== 'without any argument';
  const hasNone = scenario.kind.startsWith('a callback') && !isGiven;
  const { result } = call;
  return {
    ...(isGiven || !(hasNone || declaration.getter) ? { 'table.first': 'first' } : {}),
    'table.outcome': failed(one, call) ? 'error' : 'success',
    'table.failed': call.failure !== undefined && call.failure.value !== undefined,
    ...(result === undefined || result.value === undefined ? {} : { [unsaid]: typeof result.value }),
  };
}

const steps = (count: number): SpanTree[] => Array.from({ length: count }, () => span('step'));

function treeOf(one: Case, call: ExpectedCall): SpanTree {
  const attributes = sourced(one, call);
  const { failure } = call;
  const told = (layer: string, ...children: SpanTree[]): SpanTree =>
    failure === undefined || !failed(one, call)
      ? span(layer, { attributes }, ...children)
      : failedSpan(layer, failure, { attributes }, ...children);
  const [outer, inner] = one.declaration.layers as [string, string | undefined];
  const own = steps(call.steps ?? 1);
  return inner === undefined ? told(outer, ...own) : told(outer, told(inner, ...own));
}

/** The spans within the caller's, in no order. */
export function expectedTrees(one: Case): readonly SpanTree[] {
  const { calls, orphans = 0 } = one.scenario;
  if (isSeen(one, 'traced')) return calls.filter(({ open }) => open !== true).map((call) => treeOf(one, call));
  return steps(orphans + calls.reduce((sum, call) => sum + (call.steps ?? 1), 0));
}

/** Spans of the method's own whose call does not end in time. */
export function expectedOrphans(one: Case): number {
  if (!isSeen(one, 'traced')) return 0;
  const open = one.scenario.calls.filter((call) => call.open === true);
  return (one.scenario.orphans ?? 0) + open.reduce((sum, call) => sum + (call.steps ?? 1), 0);
}

/** The series of a counter, or of a histogram's count, that belong to the case. */
export function expectedPoints(one: Case, annotation: CallAnnotation): readonly Point[] {
  const { scenario, declaration, set } = one;
  if (!isSeen(one, annotation)) return [];
  const series = new Map<string, Point>();
  for (const call of scenario.calls.filter(({ open }) => open !== true)) {
    const error = failed(one, call);
    if (annotation === 'counted' && set.when !== undefined && set.when !== (error ? 'error' : 'success')) continue;
    for (const layer of declaration.layers) {
      const attributes: Attributes = {
        'table.case': one.name,
        ...(set.onMember.has(annotation) ? sourced(one, call) : {}),
        ...(set.onClass.has(annotation) ? { 'code.function.name': layer } : {}),
        ...(error ? { 'error.type': call.failure?.type } : {}),
      };
      const key = JSON.stringify(Object.entries(attributes).sort());
      series.set(key, [attributes, (series.get(key)?.[1] ?? 0) + 1]);
    }
  }
  return [...series.values()];
}

/** How many calls still run, all series of the case together. */
export function expectedRunning(one: Case): number {
  if (!isSeen(one, 'in-flight')) return 0;
  return one.scenario.calls.filter(({ open }) => open === true).length * one.declaration.layers.length;
}

export function isSeen({ declaration, set }: Case, annotation: CallAnnotation): boolean {
  return declaration.fixed !== true && told(set).has(annotation);
}
