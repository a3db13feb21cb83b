/**
 * Runs the cases of one declaration: each as written, annotated before telemetry is on, while it is on, and after. Whatever
 * was not as it must be is told with the journals.
 */
import { context, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { recorded } from '../../support/recorded-telemetry.js';
import { annotationsOf, notAnnotated } from './annotate.js';
import type { Case } from './cases.js';
import { checkJournals, checkSurroundings } from './check-journals.js';
import { type Look, lookAt, sameLook, unlike, written } from './check-looks.js';
import { checkTelemetry } from './check-telemetry.js';
import type { Declared } from './declarations/declaration.js';
import { type Entry, Journal } from './journal.js';
import { type Scenario, usualArguments } from './scenario.js';
import { type Trial, trialOf } from './trial.js';

/** A class of a case, with the journal that its method writes to. */
export interface Subject {
  readonly journal: Journal;
  readonly declared: Declared;
}

export function subjectOf(one: Case, annotated: boolean): Subject {
  const { declaration, scenario } = one;
  const journal = new Journal();
  const annotations = annotated ? annotationsOf(one) : notAnnotated;
  return { journal, declared: declaration.declare(scenario.body(journal), annotations) };
}

/** One run of a scenario. Sync ones are over as this returns, so nothing comes between. */
function run({ journal, declared }: Subject, scenario: Scenario): readonly Entry[] | Promise<readonly Entry[]> {
  journal.start();
  if (typeof declared.self === 'object' || typeof declared.self === 'function') journal.label(declared.self, 'self');
  const args = (scenario.args ?? usualArguments)(journal);
  const failed = (error: unknown): void => journal.out('the case itself failed', String((error as Error)?.stack));
  try {
    const using = scenario.use(() => declared.invoke(args), journal);
    return using === undefined ? journal.stop() : using.catch(failed).then(() => journal.stop());
  } catch (error) {
    failed(error);
    return journal.stop();
  }
}

/** Runs it within a span of its own, and sees that nothing is left of the call's surroundings after. */
export async function runWithin(trial: Trial, subject: Subject): Promise<void> {
  // A tracer that is kept stays with the telemetry it was first used with.
  const root = trace.getTracer('table').startSpan(trial.one.name, {}, ROOT_CONTEXT);
  trial.rootId = root.spanContext().spanId;
  const { scenario } = trial.one;
  trial.woven = await context.with(trace.setSpan(ROOT_CONTEXT, root), async () => {
    const entries = await run(subject, scenario);
    if (trace.getActiveSpan() !== root) trial.problems.push('the caller’s surroundings are others after the call');
    return entries;
  });
  root.end();
}

interface Running extends Trial {
  readonly subject: Subject | undefined;
  readonly before: readonly Look[];
  readonly shape: unknown;
}

/** The problems of all cases; empty when the table holds. */
export async function problemsOf(cases: readonly Case[]): Promise<readonly string[]> {
  const running: Running[] = [];
  for (const one of cases) {
    const twin = subjectOf(one, false);
    const bare = await run(twin, one.scenario);
    const subject = one.declaration.late ? undefined : subjectOf(one, true);
    const trial = trialOf(one, bare);
    if (subject !== undefined) {
      checkJournals(trial, await run(subject, one.scenario), 'before telemetry is on', 0);
    }
    const before = subject === undefined ? [] : written(subject.declared);
    running.push({ ...trial, subject, before, shape: lookAt(twin.declared) });
  }

  recorded.start();
  const subjects = new Map<Running, Subject>();
  for (const trial of running) {
    const subject = trial.subject ?? subjectOf(trial.one, true);
    subjects.set(trial, subject);
    await runWithin(trial, subject);
    checkJournals(trial, trial.woven, 'while telemetry is on', trial.one.scenario.ticks ?? 0);
    unlike(trial, trial.shape, lookAt(subject.declared));
  }
  await checkTelemetry(running);
  const names = new Map((await recorded.spans()).map((span) => [span.spanContext().spanId, span.name]));
  for (const trial of running) checkSurroundings(trial, names);

  await recorded.stop();
  for (const [trial, subject] of subjects) {
    if (trial.before.length > 0 && !sameLook(trial.before, written(subject.declared))) {
      trial.problems.push('the class is not as it was written');
    }
    checkJournals(trial, await run(subject, trial.one.scenario), 'after telemetry was on', 0);
  }
  return running.filter(({ problems }) => problems.length > 0).map(told);
}

const lines = (entries: readonly Entry[]): string =>
  entries.map(({ side, text, tick }) => `      ${side} ${text} (${tick})`).join('\n');

function told({ one, problems, bare, woven }: Trial): string {
  return [
    one.name,
    ...problems.map((problem) => `  - ${problem}`),
    '    bare:',
    lines(bare),
    '    woven:',
    lines(woven),
  ].join('\n');
}
