/**
 * Gauges, beside every set of other annotations: whatever the member gives, its caller gets it as without, and a collection
 * reads it without a call of its own.
 */
import { Gauged } from 'spandrel';
import { dialect } from '../../support/dialect.js';
import { recorded } from '../../support/recorded-telemetry.js';
import { annotationsOf, metricNames, notAnnotated, stacked } from './annotate.js';
import { everySet } from './annotation-sets.js';
import { type Case, everyCase } from './cases.js';
import type { Declared } from './declarations/declaration.js';
import { inheritance } from './declarations/inheritance.js';
import { members } from './declarations/members.js';
import { expectedPoints } from './expectations.js';
import type { Body, Scenario } from './scenario.js';
import { anError, type Thrown } from './thrown.js';

afterEach(() => recorded.stop());

interface Reading {
  readonly name: string;
  readonly give: () => unknown;
  /** What a collection makes of it; `undefined`: nothing. */
  readonly read: number | undefined;
  readonly failure?: Thrown;
}

const fails = (): never => {
  throw anError.value;
};

const readings: readonly Reading[] = [
  { name: 'a number', give: () => 2.5, read: 2.5 },
  { name: 'nought', give: () => 0, read: 0 },
  { name: 'a negative number', give: () => -3, read: -3 },
  { name: 'a big integer', give: () => 7n, read: 7 },
  { name: 'not a number', give: () => Number.NaN, read: undefined },
  { name: 'infinity', give: () => Number.POSITIVE_INFINITY, read: undefined },
  { name: 'a text', give: () => '1', read: undefined },
  { name: 'nothing', give: () => undefined, read: undefined },
  { name: 'an object', give: () => ({ valueOf: () => 1 }), read: undefined },
  { name: 'a throw', give: fails, read: undefined, failure: anError },
];

const names = [
  'an instance method',
  'a static method',
  'a method named by a symbol',
  'a getter',
  'a static getter',
  'an accessor field',
  'a method of a base class',
  'a method of an abstract class',
];
const declarations = [...members, ...inheritance].filter(({ name }) => names.includes(name));

/** Sets that say nothing of what is given, and none at all. */
const sets = [
  { name: 'nothing else', onMember: new Set<never>(), onClass: new Set<never>() },
  ...everySet.filter(({ onClass, sources, expected }) => onClass.size === 0 && !sources && !expected),
];

interface Gauge {
  readonly one: Case;
  readonly reading: Reading;
  readonly declared: Declared;
  readonly bare: Declared;
  readonly metric: string;
  reads: number;
}

let gauges = 0;

function gaugesOf(declaration: Case['declaration']): Gauge[] {
  return readings.flatMap((reading) => {
    const { failure } = reading;
    const calls: Scenario['calls'] = [failure === undefined ? { steps: 0 } : { steps: 0, failure }];
    const scenario: Scenario = { kind: 'a reading', outcome: reading.name, body: () => fails, use: () => {}, calls };
    return everyCase(declaration, [scenario], sets).map((one) => {
      gauges += 1;
      const metric = `table.gauge.${gauges}`;
      const counts = { reads: 0 };
      const body: Body = () => {
        counts.reads += 1;
        return reading.give();
      };
      const annotations = annotationsOf(one);
      const member = stacked([annotations.member, Gauged(metric) as typeof annotations.member]);
      const declared = declaration.declare(body, { ...annotations, member });
      const bare = declaration.declare(() => reading.give(), notAnnotated);
      return Object.assign(counts, { one, reading, declared, bare, metric });
    });
  });
}

function outcomeOf({ invoke }: Declared): unknown {
  try {
    const value = invoke([]);
    return typeof value === 'object' ? typeof value : value;
  } catch (error) {
    return ['thrown', error];
  }
}

const rows = declarations.map((declaration) => ({ declaration, name: declaration.name, made: gaugesOf(declaration) }));

test.each(rows)(`$name: $made.length gauges (${dialect})`, async ({ made }) => {
  for (const { bare, declared } of made) expect(outcomeOf(declared)).toEqual(outcomeOf(bare));
  recorded.start();
  for (const { bare, declared } of made) expect(outcomeOf(declared)).toEqual(outcomeOf(bare));
  for (const gauge of made) gauge.reads = 0;
  const collected = await recorded.metrics();
  const told = made.map(({ metric }) => [metric, collected.get(metric)?.dataPoints.map(({ value }) => value) ?? []]);
  expect(told).toEqual(made.map(({ metric, reading }) => [metric, reading.read === undefined ? [] : [reading.read]]));
  expect(made.filter(({ reads }) => reads !== 1)).toEqual([]);

  // The one call each of them had, and nothing of the collection.
  for (const annotation of ['counted', 'timed'] as const) {
    const points = await recorded.points(metricNames[annotation]);
    const due = made.flatMap(({ one }) => expectedPoints(one, annotation));
    expect(new Set(points.map((point) => JSON.stringify(point)))).toEqual(
      new Set(due.map((one) => JSON.stringify(one))),
    );
  }
  const spans = await recorded.spans();
  expect(spans).toHaveLength(made.filter(({ one }) => one.set.onMember.has('traced')).length);
  await recorded.stop();
  for (const { bare, declared } of made) expect(outcomeOf(declared)).toEqual(outcomeOf(bare));
});

test('there are as many as they are said to be', () => {
  expect(gauges).toBeGreaterThan(900);
});
