/**
 * Runs the compiled specs in this one process, as Jest would, and stops at the first that fails: a mutant needs no more,
 * and there are many. `expect`, the fake timers and the spies are Jest's own.
 */
const { spawnSync } = require('node:child_process');
const { readdirSync } = require('node:fs');
const { createRequire, Module } = require('node:module');
const { join, resolve } = require('node:path');
const { inspect } = require('node:util');

const root = resolve('.cache/mutants');
const ours = createRequire(resolve('package.json'));
const jests = createRequire(ours.resolve('jest'));
const ofCircus = createRequire(createRequire(jests.resolve('@jest/core')).resolve('jest-config'));
const { expect } = createRequire(ours.resolve('@types/jest/package.json'))('expect');
const runner = createRequire(ofCircus.resolve('jest-environment-node'));
const { ModuleMocker } = runner('jest-mock');
const { ModernFakeTimers } = runner('@jest/fake-timers');

const resolveFilename = Module._resolveFilename;
Module._resolveFilename = function (request, ...rest) {
  const at = { spandrel: 'index.js', 'spandrel/decorators': 'decorators/index.js' }[request];
  return at === undefined ? resolveFilename.call(this, request, ...rest) : join(root, 'standard/lib', at);
};

const mocker = new ModuleMocker(globalThis);
const timers = new ModernFakeTimers({
  global: globalThis,
  config: { fakeTimers: {}, rootDir: root, testPathIgnorePatterns: [] },
});
const { setTimeout: later, clearTimeout: never } = globalThis;

let scope;
let tests;
const named = (title, values) => {
  let i = 0;
  return title.replace(/%[sjidp]/g, () => String(values[i++])).replace(/%%/g, '%');
};
const each =
  (define) =>
  (rows) =>
  (title, body, ...more) => {
    for (const row of rows) {
      const values = Array.isArray(row) ? row : [row];
      define(
        named(
          title,
          values.map((one) => (typeof one === 'string' ? one : inspect(one))),
        ),
        () => body(...values),
        ...more,
      );
    }
  };
const within = (name, body) => {
  scope = { name, outer: scope, before: [], after: [], first: [], last: [] };
  body();
  scope = scope.outer;
};
const test = (name, body) => tests.push({ name, body, scope });
Object.assign(globalThis, {
  expect,
  describe: Object.assign(within, { each: each(within) }),
  test: Object.assign(test, { each: each(test) }),
  it: test,
  beforeEach: (work) => scope.before.push(work),
  afterEach: (work) => scope.after.unshift(work),
  beforeAll: (work) => scope.first.push(work),
  afterAll: (work) => scope.last.unshift(work),
  jest: {
    fn: (work) => mocker.fn(work),
    spyOn: (...args) => mocker.spyOn(...args),
    restoreAllMocks: () => mocker.restoreAllMocks(),
    useFakeTimers: (config) => timers.useFakeTimers(config),
    useRealTimers: () => timers.useRealTimers(),
    getTimerCount: () => timers.getTimerCount(),
    advanceTimersByTimeAsync: (ms) => timers.advanceTimersByTimeAsync(ms),
    setTimeout: () => undefined,
  },
});

const limit = (work, name) => {
  let timer;
  const late = new Promise((_, reject) => {
    timer = later(() => reject(new Error(`${name} takes too long`)), 8_000);
  });
  return Promise.race([Promise.resolve().then(work), late]).finally(() => never(timer));
};

const scopes = (one) => (one === undefined ? [] : [...scopes(one.outer), one]);

async function runFile(file) {
  scope = { name: file, outer: undefined, before: [], after: [], first: [], last: [] };
  tests = [];
  // Jest gives each file a process state of its own; here what was annotated in the files before is forgotten.
  const state = globalThis[Symbol.for('spandrel.state.1')];
  for (const known of [state?.definitions, state?.classes, state?.slots]) known?.clear();
  for (const path of Object.keys(require.cache)) if (path.includes('/spec/')) delete require.cache[path];
  require(file);
  const begun = new Set();
  for (const { name, body, scope: own } of tests) {
    const all = scopes(own);
    for (const one of all) {
      if (!begun.has(one)) for (const work of one.first) await limit(work, name);
      begun.add(one);
    }
    try {
      for (const one of all) for (const work of one.before) await limit(work, name);
      await limit(body, name);
    } catch (error) {
      console.log(`FAILED ${file.slice(root.length)}: ${name}\n${error?.message ?? error}`);
      if (process.env.VERBOSE) continue;
      process.exit(1);
    } finally {
      for (const one of [...all].reverse()) for (const work of one.after) await limit(work, name);
    }
  }
  for (const one of begun) for (const work of one.last) await limit(work, file);
  return tests.length;
}

/** They load the library again, run programs of their own, or compilers, which know nothing of mutants. */
const others = /declaration-faults|two-copies|unhandled-rejection|compilers|options-that-fail/;

/** How deep a stack goes depends on what ran before: it has a process of its own, the last. */
const alone = /end-of-stack/;

/** What tells of most mutants is run first, what takes long last. */
const telling = /watched|odd-returns|observables|callbacks|generators|promises|returns/;
const slow = /abandoned|after-the-stack/;
const rank = (path) => (slow.test(path) ? 2 : telling.test(path) ? 0 : 1);

function filesOf(dialect, otherDialect) {
  const all = ['spec/weaving', 'spec/dialects', `spec/dialects/${dialect}-only`].flatMap((folder) => {
    try {
      return readdirSync(join(root, dialect, folder)).map((name) => join(root, dialect, folder, name));
    } catch {
      return [];
    }
  });
  all.sort((a, b) => rank(a) - rank(b));
  return all.filter(
    (path) =>
      path.endsWith('.spec.js') &&
      !others.test(path) &&
      !path.includes(`${otherDialect}-only`) &&
      (only === undefined ? !alone.test(path) : path.includes(only)),
  );
}

const only = process.argv[2];

async function main() {
  const began = Date.now();
  let count = 0;
  // What other files left is collected, too: garbage is asked about once only.
  const legacy = filesOf('legacy', 'standard').filter((file) => !file.includes('abandoned'));
  for (const file of [...filesOf('standard', 'legacy'), ...legacy]) {
    const start = Date.now();
    count += await runFile(file);
    if (process.env.VERBOSE) console.log(`${Date.now() - start} ms ${file.slice(root.length)}`);
  }
  console.log(`${count} tests in ${Date.now() - began} ms`);
  if (only !== undefined) process.exit(0);
  const env = { ...process.env, MUTATION: 'on' };
  process.exit(spawnSync(process.execPath, [__filename, 'end-of-stack'], { env, stdio: 'inherit' }).status ?? 1);
}

void main();
