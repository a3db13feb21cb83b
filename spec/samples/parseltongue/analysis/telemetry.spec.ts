// The telemetry of an analysis against the program's own counts: the span tree, every metric, and what is in flight.

import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type RecordedPoint, type RecordedSpan, startTestTelemetry, type TestTelemetry } from 'spandrel/testing';
import { type Analysis, analyse } from '../../../../samples/parseltongue/analysis/analyse.js';
import { treeOf } from '../tree-of.js';

const FILES = {
  'one/package.json': '{ "name": "one" }',
  'one/index.ts':
    '/** Says hello. */ export function greet(): string { return polite(); } function polite(): string { return ""; }',
  'one/broken.js': 'function (',
  'two/package.json': '{ "name": "two" }',
  'two/index.js': 'const { greet } = require("one"); greet();',
  'two/binary.js': new Uint8Array([0, 0]),
  'two/late.ts': 'export {};',
};

const ANSWERS = [
  { question: 'right', answer: '`greet`' },
  { question: 'wrong', answer: '`greet`, `shout` and `whisper`' },
];

type Point = readonly [attributes: RecordedPoint['attributes'], value: number];

const inFlight: Point[][] = [];
let analysis: Analysis;
let telemetry: TestTelemetry;
let trees: readonly RecordedSpan[];

const pointsOf = async (name: string): Promise<Point[]> =>
  (await telemetry.points(name)).map(({ attributes, value }) => [attributes, value]);

beforeAll(async () => {
  const path = await treeOf(FILES);
  telemetry = startTestTelemetry();
  const watching: Promise<unknown>[] = [];
  analysis = await analyse({
    path,
    answers: ANSWERS,
    onDiscovered: () => watching.push(rm(join(path, 'two/late.ts'))),
    onProgress: () => watching.push(pointsOf('parseltongue.active.sessions').then((points) => inFlight.push(points))),
  });
  await Promise.all(watching);
  trees = telemetry.traces();
});

afterAll(() => telemetry.stop());

describe('the spans', () => {
  const names = ({ name, children }: RecordedSpan): unknown =>
    children.length === 0 ? name : [name, ...children.map(names)];
  const parsed = ['parseltongue.parse.file', 'parseltongue.ast.traverse', 'parseltongue.syntax.analyze'];
  const built = ['parseltongue.graph.build', 'parseltongue.relationships.extract', 'parseltongue.index.update'];
  const looked = ['parseltongue.query.execute', 'parseltongue.results.format'];
  const searched = ['parseltongue.query.execute', 'parseltongue.search.semantic', 'parseltongue.results.format'];

  it('are one tree a session', () => {
    expect(trees.map(names)).toEqual([
      // `polite` and `greet` are asked about: where, what depends on it, what is like it.
      ['parseltongue.session', parsed, parsed, built, looked, looked, searched, looked, looked, searched],
      // Of these three files one is binary and one has vanished; the project has no symbols, so a file is asked about.
      [
        'parseltongue.session',
        'parseltongue.parse.file',
        parsed,
        'parseltongue.parse.file',
        built,
        looked,
        looked,
        searched,
      ],
    ]);
  });

  it('carry what they are about', () => {
    const [one, two] = trees;
    expect(one?.attributes).toMatchObject({
      'project.name': 'one',
      'session.files.count': 2,
      'session.queries.count': 6,
    });
    expect(two?.children[0]).toMatchObject({
      status: 'error',
      attributes: { 'file.path': 'two/binary.js', 'parse.language': 'javascript', 'error.type': 'FileProblem' },
    });
    expect(one?.children[3]?.attributes).toMatchObject({
      'query.type': 'definition',
      'query.text': 'polite',
      'query.results.count': 1,
    });
  });
});

describe('the metrics', () => {
  it.each<[string, Point[]]>([
    [
      'parseltongue.files.processed.total',
      [
        [{ 'error.type': 'FileProblem', language: 'javascript', outcome: 'error' }, 1],
        [{ 'error.type': 'FileProblem', language: 'typescript', outcome: 'error' }, 1],
        [{ language: 'javascript', outcome: 'error' }, 1],
        [{ language: 'javascript', outcome: 'success' }, 1],
        [{ language: 'typescript', outcome: 'success' }, 1],
      ],
    ],
    [
      'parseltongue.errors.count',
      [
        [{ 'error.type': 'FileProblem', kind: 'binary' }, 1],
        [{ 'error.type': 'FileProblem', kind: 'unreadable' }, 1],
        [{ kind: 'syntax' }, 1],
      ],
    ],
    ['parseltongue.llm.hallucination.detected', [[{}, 1]]],
    ['parseltongue.active.sessions', [[{}, 0]]],
    ['parseltongue.graph.nodes.count', [[{}, 7]]],
    ['parseltongue.blast_radius.duration', [[{}, 3]]],
    [
      'parseltongue.time_to_nav.duration',
      [
        [{ 'query.type': 'definition' }, 3],
        [{ 'query.type': 'dependents' }, 3],
        [{ 'query.type': 'search' }, 3],
      ],
    ],
    [
      'parseltongue.parse.latency',
      [
        [{ 'error.type': 'FileProblem', language: 'javascript' }, 1],
        [{ 'error.type': 'FileProblem', language: 'typescript' }, 1],
        [{ language: 'javascript' }, 2],
        [{ language: 'typescript' }, 1],
      ],
    ],
  ])('%s', async (name, points) => {
    expect(await pointsOf(name)).toEqual(points);
    expect(analysis.alive.length).toBeGreaterThan(0);
  });

  it('of memory are read from the process', async () => {
    const points = await pointsOf('parseltongue.memory.usage');
    expect(points.map(([attributes]) => attributes)).toEqual([
      { 'memory.type': 'heap' },
      { 'memory.type': 'resident' },
    ]);
    for (const [, bytes] of points) expect(bytes).toBeGreaterThan(1_000_000);
  });

  it('say that one session is in flight while it is', () => {
    // Collected while the files were parsed; the last collection of a session may come when it has just ended.
    expect(inFlight).toHaveLength(5);
    expect(inFlight[0]).toEqual([[{}, 1]]);
    for (const [[, sessions] = [{}, NaN]] of inFlight) expect([0, 1]).toContain(sessions);
  });

  it('agree with the report', () => {
    const { report } = analysis;
    expect(report.files.byLanguage).toEqual({
      typescript: { success: 1, error: 1 },
      javascript: { success: 1, error: 2 },
    });
    expect(Object.fromEntries(report.errors)).toEqual({ syntax: 1, binary: 1, unreadable: 1 });
    expect(report.verdicts.map(({ invented }) => invented)).toEqual([[], ['shout', 'whisper']]);
    expect(report.graph.nodes).toBe(7);
  });
});

test('the log tells of files that were not analysed, and of what was made up', () => {
  const logs = telemetry.logs().map(({ severity, body, attributes }) => ({ severity, body, attributes }));
  expect(logs).toEqual([
    { severity: 'WARN', body: 'file not analysed', attributes: { 'file.path': 'two/binary.js', kind: 'binary' } },
    { severity: 'WARN', body: 'file not analysed', attributes: { 'file.path': 'two/late.ts', kind: 'unreadable' } },
    { severity: 'WARN', body: 'names made up', attributes: { invented: 2, question: 'wrong' } },
  ]);
});
