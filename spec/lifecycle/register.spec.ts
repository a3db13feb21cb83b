/**
 * `node --import spandrel/register`: telemetry without a line of code, and a program that starts whatever is wrong with it.
 */
import { join } from 'node:path';
import { OtlpReceiver, plainAttributes } from '../support/otlp-receiver.js';
import { type Ended, runProgram } from './run-program.js';

let receiver: OtlpReceiver;
beforeEach(async () => (receiver = await OtlpReceiver.start()));
afterEach(() => receiver.stop());

const register = join(__dirname, '../../lib/register.ts');

function registered(
  way: string,
  environment: Readonly<Record<string, string>> = {},
  ...before: string[]
): Promise<Ended> {
  const imported = [...before, register].flatMap((path) => ['--import', path]);
  return runProgram('registered-program.ts', {
    arguments: [way],
    node: ['--import', 'tsx', ...imported],
    environment: { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.endpoint, ...environment },
  });
}

test('spans and metrics arrive, by settings from the environment alone', async () => {
  const ended = await registered('grinds', { OTEL_SERVICE_NAME: 'mill', OTEL_RESOURCE_ATTRIBUTES: 'grain=rye' });
  expect(ended).toEqual({ code: 0, signal: null, stdout: 'true\n', stderr: '' });
  expect(receiver.spans().map(({ name }) => name)).toEqual(['Mill.grind']);
  expect(receiver.lastMetrics()).toMatchObject([{ name: 'registered.grinds', sum: { dataPoints: [{ asDouble: 1 }] } }]);
  expect(receiver.resource('/v1/traces')).toMatchObject({ 'service.name': 'mill', grain: 'rye' });
});

test('bootstrap() in the program gives the telemetry that runs, and starts no second', async () => {
  expect(await registered('starts again')).toMatchObject({ code: 0, stdout: 'running\ntrue\n', stderr: '' });
  expect(receiver.spans().map(({ name }) => name)).toEqual(['Mill.grind']);
});

test('a value of the environment that cannot be read is told of, and telemetry runs', async () => {
  const ended = await registered('grinds', { OTEL_BSP_SCHEDULE_DELAY: 'soon' });
  expect(ended).toMatchObject({ code: 0, stdout: 'true\n' });
  expect(ended.stderr).toMatch(/SPANDREL_ENVIRONMENT_IGNORED.*OTEL_BSP_SCHEDULE_DELAY/);
  expect(receiver.spans().map(({ attributes }) => plainAttributes(attributes)['code.function.name'])).toEqual([
    'Mill.grind',
  ]);
});

test('where telemetry cannot start, it says why, and the program runs without', async () => {
  const ended = await registered('grinds', {}, join(__dirname, 'other-sdk.ts'));
  expect(ended).toMatchObject({ code: 0, signal: null, stdout: 'false\n' });
  expect(ended.stderr).toMatch(/SPANDREL_NOT_STARTED.*another OpenTelemetry SDK is registered for traces/);
  expect(receiver.requests).toEqual([]);
});
