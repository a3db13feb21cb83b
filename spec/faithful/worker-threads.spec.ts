/**
 * Each thread is a process of its own to telemetry: what one starts, sends and stops is no business of the others.
 */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const program = join(__dirname, 'worker-program.ts');
const output = execFileSync(process.execPath, ['--no-warnings', '--import', 'tsx', program], { encoding: 'utf8' });
const story = JSON.parse(output) as Record<string, unknown>;

test('a thread that starts telemetry sees its own spans, and no other does', () => {
  expect(story).toMatchObject({
    mainActive: true,
    ownStarts: { state: 'running' },
    ownRuns: { active: true, woven: true, sent: [['Calling.run', 'own']] },
    mainSent: [['Calling.run', 'main']],
  });
});

test('a thread that starts none runs bare', () => {
  expect(story['noneRuns']).toEqual({ active: false, woven: false, sent: [] });
  expect(story['noneRunsOn']).toEqual({ active: false, woven: false, sent: [] });
});

test('the end of one does not touch the others', () => {
  expect(story).toMatchObject({
    mainWoven: false,
    ownRunsOn: { active: true, woven: true, sent: [['Calling.run', 'own']] },
    again: true,
    ownStops: { woven: false, sent: [] },
    mainWovenStill: true,
    mainSentInAll: [
      ['Calling.run', 'main'],
      ['Calling.run', 'main again'],
    ],
  });
});
