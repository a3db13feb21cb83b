/** @jest-config-loader esbuild-register */
/**
 * The specs of this folder: run by `npm run test:backends` alone, since they need programs that a machine may not have.
 */
import type { Config } from 'jest';
import everything from '../../jest.config.ts';

const [standard] = everything.projects ?? [];
if (typeof standard !== 'object') throw new Error('the first project of jest.config.ts is what this one is made of');

const config: Config = {
  ...standard,
  displayName: 'backends',
  rootDir: '../..',
  testMatch: ['<rootDir>/spec/backends/**/*.spec.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 60_000,
  maxWorkers: '100%',
};

export default config;
