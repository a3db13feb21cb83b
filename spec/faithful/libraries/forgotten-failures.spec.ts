/**
 * A failure that nobody handles ends a process, once, annotated or not: in a process of its own, where Node says so.
 */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

test('woven or bare, Node would end the process for the same failures', async () => {
  const program = join(__dirname, 'support', 'forgetting-program.ts');
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', program]);
  const deaths = [
    'uncaughtException: of a stream',
    ...new Array(3).fill('unhandledRejection: of a promise'),
    'uncaughtException: of an observable',
  ];
  expect(JSON.parse(stdout)).toEqual([deaths, deaths]);
});
