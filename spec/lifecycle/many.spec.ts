/**
 * Worker threads, child processes and the processes of a cluster each start, send and stop their own: every record arrives
 * once, by an instance of its own, and the sums over the instances are exact.
 */
import { join } from 'node:path';
import { type OtlpAttribute, OtlpReceiver, type OtlpRequest, plainAttributes } from '../support/otlp-receiver.js';
import { runProgram } from './run-program.js';

let receiver: OtlpReceiver;
beforeEach(async () => (receiver = await OtlpReceiver.start()));
afterEach(() => receiver.stop());

const register = join(__dirname, '../../lib/register.ts');

interface Told {
  readonly resource: { readonly attributes: OtlpAttribute[] };
  readonly scopeSpans?: { readonly spans: unknown[] }[];
  readonly scopeMetrics?: { readonly metrics: { sum: { dataPoints: { asDouble: number }[] } }[] }[];
}

const told = ({ body }: OtlpRequest): Told[] => (body['resourceSpans'] ?? body['resourceMetrics']) as Told[];

/** What each instance sent to `path`: the figures by process, sorted. */
function byInstance(path: string, figureOf: (one: Told) => number): { pid: unknown; figure: number }[] {
  const found = new Map<unknown, { pid: unknown; figure: number }>();
  for (const one of receiver.requests.filter((request) => request.path === path).flatMap(told)) {
    const resource = plainAttributes(one.resource.attributes);
    const instance = resource['service.instance.id'];
    const before = found.get(instance)?.figure ?? 0;
    found.set(instance, { pid: resource['process.pid'], figure: before + figureOf(one) });
  }
  return [...found.values()].sort((a, b) => a.figure - b.figure);
}

test.each([
  ['threads', 1],
  ['children', 4],
  ['cluster', 4],
])('%s: four instances, %d processes, all of it once', async (kind, processes) => {
  const ended = await runProgram('many-program.ts', {
    arguments: [kind],
    node: ['--import', 'tsx', '--import', register],
    environment: { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.endpoint },
  });
  expect(ended).toEqual({ code: 0, signal: null, stdout: '', stderr: '' });
  const spans = byInstance('/v1/traces', (one) => one.scopeSpans?.flatMap((scope) => scope.spans).length ?? 0);
  const grinds = byInstance(
    '/v1/metrics',
    (one) => one.scopeMetrics?.[0]?.metrics[0]?.sum.dataPoints[0]?.asDouble ?? 0,
  );
  expect(spans.map(({ figure }) => figure)).toEqual([1, 2, 3, 4]);
  expect(grinds.map(({ figure }) => figure)).toEqual([1, 2, 3, 4]);
  expect(new Set(spans.map(({ pid }) => pid)).size).toBe(processes);
  expect(new Set(receiver.spans().map(({ spanId }) => spanId)).size).toBe(10);
});
