/**
 * What is left open in the table, left for good: iterations and promises of one’s own class are ended by their age;
 * streams, callbacks and subscriptions once they are garbage. A plain promise may take as long as it likes.
 */
import { bootstrap } from 'spandrel';
import { collectGarbage } from '../../support/collect-garbage.js';
import { dialect } from '../../support/dialect.js';
import { recorded, type SpanTree, span } from '../../support/recorded-telemetry.js';
import { metricNames } from './annotate.js';
import { everySet } from './annotation-sets.js';
import { type Case, everyCase } from './cases.js';
import { members } from './declarations/members.js';
import { runWithin, subjectOf } from './run-cases.js';
import { scenarios } from './scenarios.js';
import { trialOf } from './trial.js';

// Garbage is told of when Node has time for it: on a machine that has other work, late.
jest.setTimeout(60_000);

afterEach(() => recorded.stop());

const idleMs = 40;
const lasting = ['a promise'];

const open = scenarios.filter(({ calls }) => calls.some((call) => call.open === true));
const all = everySet.filter(({ name }) => name === 'traced, counted, timed, in-flight');
const cases = members.slice(0, 2).flatMap((declaration) => everyCase(declaration, open, all));
const isLasting = ({ scenario }: Case): boolean => lasting.includes(scenario.kind);

/** Makes the call and keeps nothing of it. */
async function runAndForget(one: Case): Promise<void> {
  const subject = subjectOf(one, true);
  await runWithin(trialOf(one, []), subject);
  subject.journal.forget();
}

const sumOf = async (name: string): Promise<number> =>
  (await recorded.points(name)).reduce((sum, [, value]) => sum + value, 0);

test(`${cases.length} calls that nobody brings to an end (${dialect})`, async () => {
  recorded.start((settings) => bootstrap({ ...settings, limits: { idleMs } }));
  for (const one of cases) await runAndForget(one);
  const ended = cases.filter((one) => !isLasting(one));
  for (let turn = 0; turn < 200; turn += 1) {
    if ((await sumOf(metricNames.counted)) >= ended.length) break;
    await new Promise((resolve) => setTimeout(resolve, idleMs));
    await collectGarbage();
  }

  const trees = new Map((await recorded.trees()).map((tree) => [tree.name, tree.children]));
  const abandoned = ({ declaration, scenario }: Case): SpanTree =>
    span(
      declaration.layers[0] as string,
      { attributes: { 'spandrel.abandoned': true } },
      ...Array.from({ length: scenario.calls[0]?.steps ?? 1 }, () => span('step')),
    );
  for (const one of cases) {
    expect([one.name, trees.get(one.name)]).toEqual([one.name, isLasting(one) ? [] : [abandoned(one)]]);
  }
  expect(await sumOf(metricNames.counted)).toBe(ended.length);
  expect(await sumOf(metricNames.timed)).toBe(ended.length);
  expect(await sumOf(metricNames['in-flight'])).toBe(cases.length - ended.length);
  const byPlace = new Map<string, number>();
  for (const { declaration } of ended) {
    const where = declaration.layers[0] as string;
    byPlace.set(where, (byPlace.get(where) ?? 0) + 1);
  }
  expect(recorded.faults()).toEqual(
    [...byPlace].map(([where, count]) => ({ code: 'SPANDREL_ABANDONED', where, count })),
  );
});
