/**
 * Holds what was recorded of all cases against what each must tell.
 */
import { isDeepStrictEqual } from 'node:util';
import { type Point, recorded, type SpanTree } from '../../support/recorded-telemetry.js';
import { metricNames } from './annotate.js';
import type { Case } from './cases.js';
import { expectedOrphans, expectedPoints, expectedRunning, expectedTrees, unsaid } from './expectations.js';
import type { Trial } from './trial.js';

const byText = <T>(list: readonly T[]): T[] =>
  list
    .map((one) => [text(one), one] as const)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([, one]) => one);

/** With the keys of every object in one order. */
const text = (value: unknown): string =>
  JSON.stringify(value, (_, one: unknown) =>
    typeof one === 'object' && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  );

/** Of calls whose result the contract leaves open, what is told of it does not matter. */
function said<T extends { readonly [unsaid]?: unknown }>(one: Case, attributes: T): T {
  const open = one.scenario.calls.every(({ result }) => result === undefined);
  if (!open || !Object.hasOwn(attributes, unsaid)) return attributes;
  const { [unsaid]: _, ...rest } = attributes;
  return rest as T;
}

const inOrder = (one: Case, trees: readonly SpanTree[]): SpanTree[] =>
  byText(
    trees.map((tree) => ({
      ...tree,
      attributes: said(one, tree.attributes),
      children: inOrder(one, tree.children),
    })),
  );

export async function checkTelemetry(trials: readonly Trial[]): Promise<void> {
  const trees = await recorded.trees();
  const roots = new Map(trees.filter(({ name }) => name !== 'step').map((tree) => [tree.name, tree]));
  const orphans = trees.filter(({ name }) => name === 'step').length;
  const allOrphans = trials.reduce((sum, { one }) => sum + expectedOrphans(one), 0);
  const points = {
    counted: pointsByCase(await recorded.points(metricNames.counted)),
    timed: pointsByCase(await recorded.points(metricNames.timed)),
    'in-flight': pointsByCase(await recorded.points(metricNames['in-flight'])),
  };
  for (const { one, problems } of trials) {
    const found = inOrder(one, roots.get(one.name)?.children ?? []);
    const wanted = inOrder(one, expectedTrees(one));
    if (!isDeepStrictEqual(found, wanted)) problems.push(`spans: ${text(found)}\n    instead of ${text(wanted)}`);
    for (const metric of ['counted', 'timed'] as const) {
      const given = byText(
        (points[metric].get(one.name) ?? []).map(([attributes, sum]) => [said(one, attributes), sum]),
      );
      const due = byText(expectedPoints(one, metric));
      if (text(given) !== text(due)) problems.push(`${metric}: ${text(given)}\n    instead of ${text(due)}`);
    }
    const running = (points['in-flight'].get(one.name) ?? []).reduce((sum, [, value]) => sum + value, 0);
    if (running !== expectedRunning(one)) problems.push(`in flight: ${running} instead of ${expectedRunning(one)}`);
  }
  if (orphans !== allOrphans) {
    trials[0]?.problems.push(`of all cases, ${orphans} spans lost their parent instead of ${allOrphans}`);
  }
}

function pointsByCase(points: readonly Point[]): Map<string, Point[]> {
  const byCase = new Map<string, Point[]>();
  for (const point of points) {
    const name = String(point[0]['table.case']);
    byCase.set(name, [...(byCase.get(name) ?? []), point]);
  }
  return byCase;
}
