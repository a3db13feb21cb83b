/** @jest-config-loader esbuild-register */
/**
 * Two projects, one suite for both decorator dialects: `standard` runs all of `spec/`, `legacy` runs `spec/dialects` and
 * the tables of `spec/faithful` again, compiled with TypeScript's `experimentalDecorators`. Types are checked by
 * `npm run check:types`, not here.
 */
import { readFileSync } from 'node:fs';
import type { Config } from 'jest';

// The OTLP exporter imports Node's http when it is first needed, which Jest's realm refuses without this flag.
if (!process.execArgv.includes('--experimental-vm-modules')) {
  throw new Error('run the tests with `npm run jest -- …`: Node needs --experimental-vm-modules');
}

/** The sources under the package's names: the one list of its doors. */
const doors = JSON.parse(readFileSync('.ci/doors.json', 'utf8')) as Record<string, string>;
const sources = Object.fromEntries(
  Object.entries(doors).map(([door, barrel]) => [`^spandrel${door.slice(1)}$`, `<rootDir>/lib/${barrel}.ts`]),
);

const project = (
  displayName: string,
  tsconfig: string,
  testMatch: string[],
  otherDialect: string,
): NonNullable<Config['projects']>[number] => ({
  displayName,
  rootDir: '.',
  testEnvironment: 'node',
  testMatch,
  transform: { '^.+\\.ts$': ['ts-jest', { tsconfig }] },
  moduleNameMapper: {
    '^(\\.{1,2}/.*)\\.js$': '$1',
    ...sources,
  },
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/.cache'],
  testPathIgnorePatterns: [
    '/node_modules/',
    '<rootDir>/.cache/',
    `<rootDir>/spec/.+/${otherDialect}-only/`,
    // Run by `npm run test:backends`.
    '<rootDir>/spec/backends/',
    // Run by `npm run test:load`.
    '<rootDir>/spec/load/',
  ],
});

const config: Config = {
  projects: [
    project('standard', '<rootDir>/spec/tsconfig.jest.json', ['<rootDir>/spec/**/*.spec.ts'], 'legacy'),
    project(
      'legacy',
      '<rootDir>/spec/dialects/tsconfig.legacy.json',
      [
        '<rootDir>/spec/dialects/**/*.spec.ts',
        '<rootDir>/spec/faithful/table/**/*.spec.ts',
        '<rootDir>/spec/faithful/interleavings.spec.ts',
      ],
      'standard',
    ),
  ],
  testTimeout: 20_000,
  // Of two cores Jest would use one.
  maxWorkers: '100%',
};

export default config;
