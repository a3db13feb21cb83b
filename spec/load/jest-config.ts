/** @jest-config-loader esbuild-register */
/**
 * The specs of this folder: run by `npm run test:load` alone, since each takes longer than the rest of the suite may wait for it, and
 * one after the other, since they measure what the machine does meanwhile.
 */
import type { Config } from 'jest';
import everything from '../../jest.config.ts';

const [standard] = everything.projects ?? [];
if (typeof standard !== 'object') throw new Error('the first project of jest.config.ts is what this one is made of');

const config: Config = {
  ...standard,
  displayName: 'load',
  rootDir: '../..',
  testMatch: ['<rootDir>/spec/load/**/*.spec.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 120_000,
  maxWorkers: 1,
};

export default config;
