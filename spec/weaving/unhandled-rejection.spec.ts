/**
 * A rejection that nobody handles stays unhandled, and is told once: in a process of its own, where Node says so.
 */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

test('woven or bare, Node tells of the same rejections', () => {
  const program = join(__dirname, 'rejecting-program.ts');
  const output = execFileSync(process.execPath, ['--import', 'tsx', program], { encoding: 'utf8' });
  expect(JSON.parse(output)).toEqual(['bare unhandled', 'woven step unhandled', 'woven unhandled']);
});
