/**
 * The whole walk on real source: the sample analyses a tree, its telemetry goes over HTTP to a receiver of the test's
 * own, and what arrives is held against the program's own counts: names, parents, sums, logs, nothing dropped.
 */
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bootstrap, type Telemetry } from 'spandrel';
import { analyse } from '../../samples/parseltongue/analysis/analyse.js';
import type { Report } from '../../samples/parseltongue/analysis/report.js';
import { collectGarbage } from '../support/collect-garbage.js';
import { type OtlpPoint, OtlpReceiver, type OtlpSpan, plainAttributes } from '../support/otlp-receiver.js';

const answers = [
  { question: 'What replaces a method?', answer: 'The function `standIn`.' },
  { question: 'What reads minds?', answer: 'The class `MindReader` with `MindReader.read`.' },
];

/** What must be there: parent by name, `undefined` for the root of a trace. */
const parents: Readonly<Record<string, string | undefined>> = {
  'parseltongue.session': undefined,
  'parseltongue.parse.file': 'parseltongue.session',
  'parseltongue.ast.traverse': 'parseltongue.parse.file',
  'parseltongue.syntax.analyze': 'parseltongue.parse.file',
  'parseltongue.graph.build': 'parseltongue.session',
  'parseltongue.relationships.extract': 'parseltongue.graph.build',
  'parseltongue.index.update': 'parseltongue.graph.build',
  'parseltongue.query.execute': 'parseltongue.session',
  'parseltongue.search.semantic': 'parseltongue.query.execute',
  'parseltongue.results.format': 'parseltongue.query.execute',
};

interface Walk {
  readonly report: Report;
  readonly receiver: OtlpReceiver;
  readonly telemetry: Telemetry;
}

async function walk(path: string): Promise<Walk> {
  const receiver = await OtlpReceiver.start();
  const telemetry = bootstrap({
    service: 'parseltongue',
    export: { endpoint: receiver.endpoint },
    batch: { intervalMs: 50 },
  });
  try {
    const { report, alive } = await analyse({ path, answers, maxFileBytes: 200_000 });
    await telemetry.shutdown({ timeoutMs: 15_000 });
    expect(alive.length).toBeGreaterThan(0);
    return { report, receiver, telemetry };
  } finally {
    await telemetry.shutdown({ timeoutMs: 1000 });
    await receiver.stop();
  }
}

/** A tree with everything that goes wrong in trees. */
async function troubledTree(): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'spandrel-walk-'));
  await mkdir(join(root, 'a/b'), { recursive: true });
  await writeFile(join(root, 'package.json'), '{ "name": "troubled" }');
  await writeFile(join(root, 'a/package.json'), '{ "name": "inner" }');
  await writeFile(
    join(root, 'whole.ts'),
    'import { helper } from "./a/b/helper.js";\nexport class Whole { run() { return helper(); } }\n',
  );
  await writeFile(join(root, 'a/b/helper.ts'), '/** Helps. */\nexport function helper() { return 1; }\n');
  await writeFile(join(root, 'broken.ts'), 'export function broken( {\n');
  await writeFile(join(root, 'broken.js'), 'let x: number = ;\n');
  await writeFile(join(root, 'video.ts'), Buffer.from([0x47, 0, 0, 1]));
  await writeFile(join(root, 'huge.js'), `var x = [${'1,'.repeat(200_000)}];\n`);
  await writeFile(join(root, 'empty.mjs'), '');
  await symlink(root, join(root, 'a/loop'));
  await symlink(join(root, 'nowhere'), join(root, 'dangling.ts'));
  return root;
}

function countBy(spans: readonly OtlpSpan[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { name } of spans) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

const sum = (numbers: Iterable<number>): number => [...numbers].reduce((total, number) => total + number, 0);
const seconds = (span: OtlpSpan & { startTimeUnixNano?: string; endTimeUnixNano?: string }): number =>
  Number(BigInt(span.endTimeUnixNano ?? 0) - BigInt(span.startTimeUnixNano ?? 0)) / 1e9;

/** The points of a metric by their attributes, as JSON text. */
function points({ receiver }: Walk, name: string): Record<string, OtlpPoint> {
  const metric = receiver.lastMetrics().find((one) => one.name === name);
  const list = metric?.sum?.dataPoints ?? metric?.histogram?.dataPoints ?? metric?.gauge?.dataPoints ?? [];
  return Object.fromEntries(list.map((point) => [JSON.stringify(plainAttributes(point.attributes)), point]));
}

const value = ({ asInt, asDouble, count }: OtlpPoint): number => Number(asInt ?? asDouble ?? count);

function values(ours: Walk, name: string): Record<string, number> {
  return Object.fromEntries(Object.entries(points(ours, name)).map(([key, point]) => [key, value(point)]));
}

function expectWholeTrees({ report, receiver }: Walk): void {
  const spans = receiver.spans();
  const byId = new Map(spans.map((span) => [span.spanId, span]));
  expect(byId.size).toBe(spans.length);
  for (const span of spans) {
    const parent = byId.get(span.parentSpanId ?? '');
    expect([span.name, parent?.name]).toEqual([span.name, parents[span.name]]);
    if (parent !== undefined) expect(span.traceId).toBe(parent.traceId);
  }
  const { definition, search, dependents } = report.queries;
  const unreadable = sum([...report.errors].filter(([kind]) => kind !== 'syntax').map(([, count]) => count));
  expect(countBy(spans)).toEqual({
    'parseltongue.session': report.sessions,
    'parseltongue.parse.file': report.files.found,
    'parseltongue.ast.traverse': report.files.found - unreadable,
    'parseltongue.syntax.analyze': report.files.found - unreadable,
    'parseltongue.graph.build': report.builds,
    'parseltongue.relationships.extract': report.builds,
    'parseltongue.index.update': report.builds,
    'parseltongue.query.execute': definition + search + dependents,
    'parseltongue.search.semantic': search,
    'parseltongue.results.format': definition + search + dependents,
  });
  expect(new Set(spans.map(({ traceId }) => traceId)).size).toBe(report.sessions);
  expect(spans.filter(({ status }) => status.code === 2).map(({ name }) => name)).toEqual(
    Array<string>(unreadable).fill('parseltongue.parse.file'),
  );
}

function expectExactMetrics(ours: Walk): void {
  const { report, receiver } = ours;
  const { byLanguage } = report.files;
  const files = Object.entries(byLanguage).flatMap(([language, counts]) =>
    Object.entries(counts).map(([outcome, count]) => [JSON.stringify([language, outcome]), Number(count)] as const),
  );
  // A file that could not be read at all also has an error.type, and is a series of its own.
  const processed = new Map<string, number>();
  for (const [key, count] of Object.entries(values(ours, 'parseltongue.files.processed.total'))) {
    const { language, outcome } = JSON.parse(key) as { language: string; outcome: string };
    const series = JSON.stringify([language, outcome]);
    processed.set(series, (processed.get(series) ?? 0) + count);
  }
  expect(Object.fromEntries(processed)).toEqual(Object.fromEntries(files.filter(([, count]) => count > 0)));
  const errors = Object.entries(values(ours, 'parseltongue.errors.count')).map(([key, count]) => [
    (JSON.parse(key) as { kind: string }).kind,
    count,
  ]);
  expect(byText(errors.filter(([, count]) => count !== 0))).toEqual(byText([...report.errors]));
  expect(sum(Object.values(values(ours, 'parseltongue.llm.hallucination.detected')))).toBe(
    report.verdicts.filter(({ invented }) => invented.length > 0).length,
  );
  expect(values(ours, 'parseltongue.graph.nodes.count')).toEqual({ '{}': report.graph.nodes });
  expect(values(ours, 'parseltongue.active.sessions')).toEqual({ '{}': 0 });
  expect(Math.min(...Object.values(values(ours, 'parseltongue.memory.usage')))).toBeGreaterThan(1e6);
  const { definition, search, dependents } = report.queries;
  expect(values(ours, 'parseltongue.time_to_nav.duration')).toEqual({
    [JSON.stringify({ 'query.type': 'definition' })]: definition,
    [JSON.stringify({ 'query.type': 'search' })]: search,
    [JSON.stringify({ 'query.type': 'dependents' })]: dependents,
  });
  expect(sum(Object.values(values(ours, 'parseltongue.blast_radius.duration')))).toBe(dependents);
  // The histogram and the spans measured the same calls with the same clock.
  for (const [metric, span] of [
    ['parseltongue.parse.latency', 'parseltongue.parse.file'],
    ['parseltongue.time_to_nav.duration', 'parseltongue.query.execute'],
  ] as const) {
    const inSpans = sum(
      receiver
        .spans()
        .filter(({ name }) => name === span)
        .map(seconds),
    );
    const inHistogram = sum(Object.values(points(ours, metric)).map((point) => point.sum ?? Number.NaN));
    expect(inHistogram).toBeCloseTo(inSpans, 4);
  }
}

function expectLogs({ report, receiver }: Walk): void {
  const failed = receiver.spans().filter(({ status }) => status.code === 2);
  const logs = receiver.logs();
  const of = (body: string) => logs.filter((log) => log.body.stringValue === body);
  expect(
    of('file not analysed')
      .map(({ spanId, traceId }) => [spanId, traceId])
      .sort(),
  ).toEqual(failed.map(({ spanId, traceId }) => [spanId, traceId]).sort());
  expect(of('names made up')).toHaveLength(report.verdicts.filter(({ invented }) => invented.length > 0).length);
}

function expectNothingLost({ receiver, telemetry }: Walk): void {
  const none = { bufferFull: 0, afterShutdown: 0, unsentAtShutdown: 0 };
  const { spans, logs, metrics, faults } = telemetry.health();
  expect(spans).toMatchObject([{ failed: 0, waiting: 0, dropped: none, delivered: receiver.spans().length }]);
  expect(logs).toMatchObject([{ failed: 0, waiting: 0, dropped: none, delivered: receiver.logs().length }]);
  expect(metrics).toMatchObject([{ failed: 0 }]);
  expect(faults).toEqual([]);
}

const byText = (rows: readonly unknown[]): string[] => rows.map((row) => JSON.stringify(row)).sort();

// Gauges read what is alive: the graph of the walk before must be gone.
beforeEach(collectGarbage);

test('the library’s own source: every span, sum and log arrives as the program did it', async () => {
  const ours = await walk(join(__dirname, '../../lib'));
  expect(ours.report.files.found).toBeGreaterThan(100);
  expect(ours.report.verdicts.map(({ invented }) => invented)).toEqual([[], ['MindReader', 'MindReader.read']]);
  expectWholeTrees(ours);
  expectExactMetrics(ours);
  expectLogs(ours);
  expectNothingLost(ours);
});

test('a tree with broken, binary, huge and looping files', async () => {
  const root = await troubledTree();
  try {
    const ours = await walk(root);
    expect(Object.fromEntries(ours.report.errors)).toEqual({ syntax: 2, binary: 1, 'too-large': 1 });
    expect(ours.report.files.found).toBe(7);
    expectWholeTrees(ours);
    expectExactMetrics(ours);
    expectLogs(ours);
    expectNothingLost(ours);
  } finally {
    await rm(root, { recursive: true });
  }
});
