/**
 * The configuration of a Collector in the guide is the file that the sample runs with, and `spec/backends` tries.
 */
import { configuration } from '../backends/world/tail-sampling-collector.js';
import { blocksOf } from './documents.js';
import { textOf } from './project-files.js';

test('the guide shows the file of the sample', () => {
  const shown = blocksOf('docs/guide/distributed-sampling.md').filter(({ language }) => language === 'yaml');
  expect(shown.map(({ code }) => code)).toEqual([textOf(configuration)]);
});
