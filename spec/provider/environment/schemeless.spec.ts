/**
 * An address without a scheme is one for gRPC only: over HTTP it is told of and ignored, for the signals it would have been used for.
 */
import { bootstrap } from 'spandrel';
import { resolveSettings } from '../../../lib/provider/settings/resolve-settings.js';

const endpoint = 'OTEL_EXPORTER_OTLP_ENDPOINT';
const ofTraces = 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT';

/** The signals that go to the default in its place, and the variables that were told of. */
async function outcome(environment: Record<string, string>): Promise<[string[], string[]]> {
  jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
  const telemetry = bootstrap({ export: { protocol: 'none' } });
  const { routes } = resolveSettings({}, environment);
  const told = telemetry.health().faults.map(({ where }) => where);
  await telemetry.shutdown();
  jest.restoreAllMocks();
  const signals = (['traces', 'metrics', 'logs'] as const).filter((signal) => routes[signal].atDefault);
  return [signals, told];
}

test.each<[Record<string, string>, string[], string[]]>([
  [{ [endpoint]: 'localhost:4317' }, ['traces', 'metrics', 'logs'], [endpoint]],
  [{ [endpoint]: 'http://localhost:4318' }, [], []],
  [{ [endpoint]: 'localhost:4317', OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' }, [], []],
  [{ [endpoint]: 'unix:/run/otlp', OTEL_EXPORTER_OTLP_LOGS_PROTOCOL: 'grpc' }, ['traces', 'metrics'], [endpoint]],
  [{ [endpoint]: 'http://localhost:4318', [ofTraces]: 'localhost:4317' }, ['traces'], [ofTraces]],
  [{ [endpoint]: 'localhost:4317', OTEL_METRICS_EXPORTER: 'none' }, ['traces', 'logs'], [endpoint]],
])('%j', async (environment, signals, told) => {
  expect(await outcome(environment)).toEqual([signals, told]);
});

test('an address in code goes over it', () => {
  const { routes } = resolveSettings({ export: { endpoint: 'http://localhost:1' } }, { [endpoint]: 'localhost:4317' });
  expect(routes.traces.atDefault).toBe(false);
});
