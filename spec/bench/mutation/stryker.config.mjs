/**
 * Mutation testing of `lib/weaving`: each small change to its code must fail a spec. Run by hand (`npm ci && npm run mutate`
 * in this folder), not in CI: it takes most of an hour on two cores. The tests are those that speak of calls, in both dialects.
 */
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const testEnvironment = require.resolve('@stryker-mutator/jest-runner/jest-env/node');

const project = (displayName, tsconfig, testMatch, otherDialect) => ({
  displayName,
  rootDir: '.',
  testEnvironment,
  testMatch,
  transform: { '^.+\\.ts$': ['ts-jest', { tsconfig, diagnostics: false }] },
  moduleNameMapper: {
    '^(\\.{1,2}/.*)\\.js$': '$1',
    '^spandrel$': '<rootDir>/lib/index.ts',
    '^spandrel/decorators$': '<rootDir>/lib/decorators/index.ts',
  },
  modulePathIgnorePatterns: ['<rootDir>/dist'],
  testPathIgnorePatterns: [
    '/node_modules/',
    `<rootDir>/spec/dialects/${otherDialect}-only/`,
    // These run programs of their own, where a mutant is not switched on.
    'unhandled-rejection',
  ],
});

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
// biome-ignore lint/style/noDefaultExport: it is what Stryker reads
export default {
  mutate: (process.env.MUTATE ?? 'lib/weaving/**/*.ts').split(','),
  plugins: [new URL('node_modules/@stryker-mutator/jest-runner/dist/src/index.js', import.meta.url).pathname],
  testRunner: 'jest',
  testRunnerNodeArgs: ['--no-warnings', '--experimental-vm-modules'],
  coverageAnalysis: 'perTest',
  concurrency: Number(process.env.CONCURRENCY ?? 2),
  timeoutMS: 30_000,
  ignorePatterns: ['spec/bench', 'spec/backends', 'dist', 'docs', '.ci', 'samples'],
  tempDirName: '.cache/stryker',
  cleanTempDir: 'always',
  reporters: ['clear-text', 'json', 'progress-append-only'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  jsonReporter: { fileName: '.cache/mutation.json' },
  jest: {
    projectType: 'custom',
    enableFindRelatedTests: false,
    config: {
      projects: [
        project(
          'standard',
          '<rootDir>/spec/tsconfig.jest.json',
          ['<rootDir>/spec/dialects/**/*.spec.ts', '<rootDir>/spec/weaving/**/*.spec.ts'],
          'legacy',
        ),
        project(
          'legacy',
          '<rootDir>/spec/dialects/tsconfig.legacy.json',
          ['<rootDir>/spec/dialects/legacy-only/*.spec.ts', '<rootDir>/spec/dialects/arrivals.spec.ts'],
          'standard',
        ),
      ],
      testTimeout: 20_000,
    },
  },
};
