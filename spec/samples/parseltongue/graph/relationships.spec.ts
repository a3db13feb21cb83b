// Which relationships come out of small programs: every syntax that joins one piece of code to another, in any order of files.

import { graphOf } from '../graph-of.js';

describe('relationships within a file', () => {
  it('are who calls, extends and implements whom', async () => {
    const program = await graphOf({
      'a.ts': `
        interface Shape { area(): number }
        class Base { protected scale(): number { return 1 } }
        export class Square extends Base implements Shape {
          area(): number { return double(this.scale()) }
        }
        function double(n: number): number { return n * 2 }
        double(new Square().area());
      `,
    });
    expect(program.edges('extends')).toEqual(['a.ts Square -> a.ts Base']);
    expect(program.edges('implements')).toEqual(['a.ts Square -> a.ts Shape']);
    // `new Square().area()` is a call on a value, known only when the program runs.
    expect(program.edges('calls')).toEqual([
      'a.ts -> a.ts Square',
      'a.ts -> a.ts double',
      'a.ts Square.area -> a.ts Base.scale',
      'a.ts Square.area -> a.ts double',
    ]);
  });

  it('mean the innermost declaration, and no parameter or local', async () => {
    const program = await graphOf({
      'a.ts': `
        function run(): void {}
        export function outer(run: () => void): void { run(); }
        export function inner(): void { function run(): void {} run(); }
      `,
    });
    expect(program.edges('calls')).toEqual(['a.ts inner -> a.ts inner.run']);
  });

  it('go through super to the base class', async () => {
    const program = await graphOf({
      'a.ts':
        'class A { go(): void {} } class B extends A {} class C extends B { override go(): void { super.go(); } }',
    });
    expect(program.edges('calls')).toEqual(['a.ts C.go -> a.ts A.go']);
  });
});

describe('relationships between files', () => {
  const files = {
    'core.ts':
      'export function start(): void {} export default class Engine { run(): void {} static make(): Engine { return new Engine(); } }',
    'barrel.ts': `export * from './core.js'; export { default as Motor } from './core.js'; export * as all from './core.js';`,
    'use.ts': `
      import { start as begin, Motor, all } from './barrel.js';
      import * as core from './core.js';
      export function go(): void { begin(); Motor.make(); all.start(); core.start(); }
      export class Fast extends Motor { faster(): void { this.run(); } }
    `,
  };
  const calls = [
    'core.ts Engine.make -> core.ts Engine',
    'use.ts Fast.faster -> core.ts Engine.run',
    'use.ts go -> core.ts Engine.make',
    'use.ts go -> core.ts start',
  ];

  it('follow re-exports, default exports, namespaces and new names', async () => {
    const program = await graphOf(files);
    expect(program.edges('calls')).toEqual(calls);
    expect(program.edges('extends')).toEqual(['use.ts Fast -> core.ts Engine']);
    expect(program.edges('imports')).toEqual(['barrel.ts -> core.ts', 'use.ts -> barrel.ts', 'use.ts -> core.ts']);
  });

  it.each([
    [['core.ts', 'barrel.ts', 'use.ts']],
    [['use.ts', 'barrel.ts', 'core.ts']],
    [['barrel.ts', 'use.ts', 'core.ts']],
    [['use.ts', 'core.ts', 'barrel.ts']],
  ])('are the same in whatever order the files come: %j', async (order) => {
    const program = await graphOf(files, order);
    expect(program.edges('calls')).toEqual(calls);
    expect(program.edges('extends')).toEqual(['use.ts Fast -> core.ts Engine']);
    expect(program.relationships.waiting).toBe(0);
  });

  it('wait for a file that does not come, and are counted', async () => {
    const program = await graphOf(files, ['use.ts']);
    expect(program.edges('calls')).toEqual([]);
    expect(program.relationships.waiting).toBeGreaterThan(0);
  });

  it('end where modules export each other in a circle, or a class extends itself', async () => {
    const program = await graphOf({
      'a.ts': `export * from './b.js'; export class A extends A { go(): void { this.nowhere(); } }`,
      'b.ts': `export * from './a.js'; import { missing } from './a.js'; missing();`,
    });
    expect(program.edges('calls')).toEqual([]);
    expect(program.edges('imports')).toEqual(['a.ts -> b.ts', 'b.ts -> a.ts']);
  });

  it('are read from CommonJS as people and compilers write it', async () => {
    const program = await graphOf({
      'lib/whole.js': 'module.exports = function whole() {}; ',
      'lib/named.js': 'function helper() {} exports.helper = helper; exports.made = function () { helper(); };',
      'lib/esm.js': `Object.defineProperty(exports, "__esModule", { value: true }); exports.default = main; function main() {}`,
      'lib/index.js': `
        const named = require('./named'); const { made } = require('./named'); var _esm = require('./esm');
        function all() { named.helper(); made(); (0, _esm.default)(); }
        module.exports = { all };
      `,
      'use.js': `const { all } = require('./lib'); all();`,
    });
    expect(program.edges('calls')).toEqual([
      'lib/index.js all -> lib/esm.js main',
      'lib/index.js all -> lib/named.js helper',
      'lib/index.js all -> lib/named.js made',
      'lib/named.js made -> lib/named.js helper',
      'use.js -> lib/index.js all',
    ]);
  });

  it('lead from one package of the tree to another by its name', async () => {
    const program = await graphOf({
      'a/package.json': JSON.stringify({ name: '@x/a', exports: { '.': './src/index.ts', './deep': './src/deep.ts' } }),
      'a/src/index.ts': 'export function one(): void {}',
      'a/src/deep.ts': 'export function two(): void {}',
      'b/package.json': JSON.stringify({ name: '@x/b' }),
      'b/index.ts': `import { one } from '@x/a'; import { two } from '@x/a/deep'; import { readFile } from 'node:fs'; one(); two(); readFile();`,
    });
    expect(program.edges('calls')).toEqual(['b/index.ts -> a/src/deep.ts two', 'b/index.ts -> a/src/index.ts one']);
    expect(program.graph.node(program.at('b/index.ts')).project).toBe('@x/b');
  });
});
