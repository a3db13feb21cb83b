/**
 * Mutation testing of `lib/weaving`: each small change to its code must fail a spec. Run by hand (`npm ci && npm run mutate`
 * in this folder), not in CI: it takes most of an hour on two cores. The code is changed once, with a switch for each
 * mutant; `compile.mjs` compiles that, and `run.cjs` is run for each.
 */

// biome-ignore lint/style/noDefaultExport: it is what Stryker reads
export default {
  mutate: (process.env.MUTATE ?? 'lib/weaving/**/*.ts').split(','),
  testRunner: 'command',
  commandRunner: { command: 'node spec/bench/mutation/run.cjs' },
  buildCommand: 'node spec/bench/mutation/compile.mjs',
  concurrency: Number(process.env.CONCURRENCY ?? 2),
  timeoutMS: 20_000,
  ignorePatterns: ['spec/bench/peers', 'spec/backends', 'dist', 'docs', '.ci', 'samples', '.cache'],
  tempDirName: '.cache/stryker',
  cleanTempDir: 'always',
  reporters: ['clear-text', 'json', 'progress-append-only'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  jsonReporter: { fileName: '.cache/mutation.json' },
};
