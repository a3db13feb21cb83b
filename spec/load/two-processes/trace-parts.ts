/**
 * A trace that goes over two processes, in the parts that each of them decides about by itself: a call that comes back into a process
 * where the trace still runs is of the part that is open there.
 */
import { isFailed, type PlannedSpan } from '../../support/mixed-traces/planned-span.js';

export interface TracePart {
  readonly process: 0 | 1;
  readonly spans: PlannedSpan[];
}

export function partsOf(root: PlannedSpan): TracePart[] {
  const parts: TracePart[] = [];
  const walk = (span: PlannedSpan, process: 0 | 1, open: readonly (TracePart | undefined)[]): void => {
    const known = open[process];
    const part = known ?? { process, spans: [] };
    if (known === undefined) parts.push(part);
    part.spans.push(span);
    const nowOpen = process === 0 ? [part, open[1]] : [open[0], part];
    const next = span.make !== 'request' ? process : process === 0 ? 1 : 0;
    for (const child of span.children) walk(child, next, nowOpen);
  };
  walk(root, 0, [undefined, undefined]);
  return parts;
}

export const hasFailed = ({ spans }: TracePart): boolean => spans.some(isFailed);

/** From where a trace comes to the first process: from nowhere, or by headers. */
export interface Origin {
  readonly traceId: string | undefined;
  readonly sampled: boolean;
  /** Its tracestate, with `ot` first. */
  readonly ot: readonly string[];
  readonly vendors: string;
}

export function headersOf({ traceId, sampled, ot, vendors }: Origin): Record<string, string> {
  if (traceId === undefined) return {};
  const tracestate = stateOf(ot, vendors);
  return {
    traceparent: `00-${traceId}-00f067aa0ba902b7-0${Number(sampled)}`,
    ...(tracestate === '' ? {} : { tracestate }),
  };
}

export function stateOf(ot: readonly string[], vendors: string): string {
  return [ot.length === 0 ? '' : `ot=${ot.join(';')}`, vendors].filter((part) => part !== '').join(',');
}

/** A tracestate that says another threshold, or none. */
export function withThreshold({ ot, vendors }: Origin, th: string | undefined): string {
  const others = ot.filter((part) => !part.startsWith('th:'));
  return stateOf(th === undefined ? others : [...others, `th:${th}`], vendors);
}
