/**
 * What telemetry says of itself: nothing while all is well; what is wrong goes to the program's diag logger, to the console at
 * `OTEL_LOG_LEVEL`, or to Node's process warnings.
 */
import { OtlpReceiver } from '../support/otlp-receiver.js';
import { type Ended, runProgram } from './run-program.js';

let receiver: OtlpReceiver;
beforeEach(async () => (receiver = await OtlpReceiver.start()));
afterEach(() => receiver.stop());

const run = (logger: 'none' | 'own', grain: 'fine' | 'broken', level?: string): Promise<Ended> =>
  runProgram('diagnostics-program.ts', {
    arguments: [receiver.endpoint, logger, grain],
    environment: level === undefined ? {} : { OTEL_LOG_LEVEL: level },
  });

test.each([undefined, 'none', 'error', 'WARN'])('silent while nothing is wrong, at level %s', async (level) => {
  expect(await run('none', 'fine', level)).toEqual({ code: 0, signal: null, stdout: '', stderr: '' });
});

test('without a logger and a level: process warnings', async () => {
  receiver.answer = 400;
  const { stdout, stderr } = await run('none', 'broken');
  expect(stdout).toBe('');
  expect(stderr).toMatch(/SpandrelWarning: SPANDREL_SOURCE_FAILED/);
  expect(stderr).toMatch(/SpandrelWarning: SPANDREL_EXPORT_FAILED/);
});

test('to the logger of the program: errors where something is lost, else warnings', async () => {
  receiver.answer = 400;
  expect(await run('own', 'broken')).toEqual({
    code: 0,
    signal: null,
    stdout: 'warn SPANDREL_SOURCE_FAILED\nerror SPANDREL_EXPORT_FAILED\n',
    stderr: '',
  });
});

test.each([
  ['none', []],
  ['error', ['EXPORT']],
  ['warn', ['SOURCE', 'EXPORT']],
  ['all', ['SOURCE', 'EXPORT']],
] as const)('OTEL_LOG_LEVEL=%s: of faults, %j on the console', async (level, expected) => {
  receiver.answer = 400;
  const { code, stderr } = await run('none', 'broken', level);
  expect(code).toBe(0);
  expect([...stderr.matchAll(/SPANDREL_(\w+)_FAILED:/g)].map(([, what]) => what)).toEqual(expected);
  expect(stderr).not.toContain('SpandrelWarning');
});

test('a level that does not exist is told of', async () => {
  expect((await run('none', 'fine', 'loud')).stderr).toMatch(/SPANDREL_ENVIRONMENT_IGNORED.*OTEL_LOG_LEVEL/);
});
