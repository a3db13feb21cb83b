// A whole analysis of trees in which everything that can be wrong is wrong, counted exactly, and without telemetry.

import { rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { analyse } from '../../../../samples/parseltongue/analysis/analyse.js';
import { type Report, unanalysed } from '../../../../samples/parseltongue/analysis/report.js';
import { textOf } from '../../../../samples/parseltongue/query/query.js';
import { treeOf } from '../tree-of.js';

const deep = `${'['.repeat(40_000)}${']'.repeat(40_000)}`;

const askedIn = ({ queries }: Report): number => queries.definition + queries.dependents + queries.search;

describe('an analysis', () => {
  it('goes on whatever is wrong with a file, and counts each by what is wrong', async () => {
    const path = await treeOf({
      'fine.ts': 'export function fine(): void {} fine();',
      'fine.js': 'exports.also = 1;',
      'broken.ts': 'export function broken( { fine(',
      'types.js': 'let x: number = 1;',
      'large.js': `// ${'x'.repeat(5_000)}`,
      'binary.ts': new Uint8Array([71, 0, 0, 71]),
      'empty.js': '',
      'utf16.ts': Buffer.from('\ufeffexport const wide = 1;', 'utf16le'),
      'vanishes.ts': '',
    });
    const { report } = await analyse({
      path,
      maxFileBytes: 4_000,
      onProgress: ({ done }) => void (done === 1 && rm(join(path, 'vanishes.ts'))),
    });
    expect(Object.fromEntries(report.errors)).toEqual({ syntax: 2, 'too-large': 1, binary: 1, unreadable: 1 });
    expect(report.files).toEqual({
      found: 9,
      taken: 9,
      byLanguage: { typescript: { success: 2, error: 3 }, javascript: { success: 2, error: 2 } },
    });
    expect(unanalysed(report)).toBe(3);
    const problems = report.problems.map((problem) => `${problem.kind} ${problem.path}`);
    expect(problems).toEqual([
      'binary binary.ts',
      'syntax broken.ts:1',
      'too-large large.js',
      'syntax types.js:1',
      'unreadable vanishes.ts',
    ]);
  });

  it('survives a file that is nested deeper than the compiler can go', async () => {
    const path = await treeOf({ 'deep.js': deep, 'fine.js': '' });
    const { report } = await analyse({ path });
    expect(Object.fromEntries(report.errors)).toEqual({ 'too-deep': 1 });
    expect(report.files.byLanguage.javascript).toEqual({ success: 1, error: 1 });
  });

  it('goes through links once, and not in circles', async () => {
    const path = await treeOf({ 'a/x.ts': 'export const x = 1;' });
    await symlink('..', join(path, 'a/up'));
    await symlink('nowhere', join(path, 'gone.ts'));
    const { report } = await analyse({ path });
    expect(report.files.found).toBe(1);
    expect(report.links).toEqual({ followed: 0, skipped: 1, dangling: 1 });
  });

  it('of nothing finds nothing, and judges nothing', async () => {
    const { report } = await analyse({ path: await treeOf({}), answers: [{ question: 'q', answer: '`a`' }] });
    expect(report).toMatchObject({ files: { found: 0, taken: 0 }, sessions: 0, builds: 0, verdicts: [], examples: [] });
    expect(report.graph.nodes).toBe(0);
  });

  it('refuses a path that is not there', async () => {
    await expect(analyse({ path: '/nowhere' })).rejects.toThrow(
      '/nowhere does not exist, so there is nothing to analyse',
    );
  });
});

describe('sessions', () => {
  const project = (name: string, code: string): Record<string, string> => ({
    [`${name}/package.json`]: JSON.stringify({ name }),
    [`${name}/index.ts`]: code,
  });
  const files = {
    ...project('base', 'export function shared(): void {} export class Root {}'),
    ...project(
      'left',
      `import { shared, Root } from 'base'; export class Left extends Root { go(): void { shared(); } }`,
    ),
    ...project(
      'right',
      `import { shared } from 'base'; import { Left } from 'left'; export function right(): void { shared(); new Left(); }`,
    ),
    'script.js': 'function alone() {} alone();',
  };

  it('are one a project, in one graph, with three questions about each symbol asked about', async () => {
    const { report } = await analyse({ path: await treeOf(files) });
    expect(report.sessions).toBe(4);
    expect(report.builds).toBe(4);
    expect(report.graph.nodes).toBe(4 + 6);
    expect(report.graph.edges).toEqual({ contains: 6, imports: 3, calls: 4, extends: 1, implements: 0 });
    expect(report.queries).toEqual({ definition: 5, dependents: 5, search: 5 });
    expect(report.examples.map(({ query }) => `${query.type} ${textOf(query)}`)).toHaveLength(3);
  });

  it('ask the same of the same tree every time', async () => {
    const path = await treeOf(files);
    const [one, two] = [await analyse({ path }), await analyse({ path })];
    expect(two.report.examples).toEqual(one.report.examples);
    expect(askedIn(two.report)).toBe(askedIn(one.report));
  });

  it('take many files in batches', async () => {
    const many = Object.fromEntries(Array.from({ length: 401 }, (_, i) => [`f${i}.ts`, `export const v${i} = 1;`]));
    const { report } = await analyse({ path: await treeOf(many) });
    expect(report).toMatchObject({ sessions: 1, builds: 2, files: { found: 401, taken: 401 } });
  });

  it('end when they are told to, with what was done', async () => {
    const stop = new AbortController();
    const progress: number[] = [];
    const { report } = await analyse({
      path: await treeOf(files),
      answers: [{ question: 'q', answer: '`a`' }],
      signal: stop.signal,
      onProgress: ({ done, total }) => {
        progress.push(done, total);
        if (done === 2) stop.abort();
      },
    });
    expect(progress).toEqual([1, 4, 2, 4]);
    expect(report).toMatchObject({ interrupted: true, sessions: 2, verdicts: [], files: { found: 4, taken: 2 } });
    expect(report.graph.edges.calls).toBe(1);
  });
});
