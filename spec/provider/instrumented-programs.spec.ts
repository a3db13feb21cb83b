/**
 * OpenTelemetry's instrumentations of `http` and `undici` in whole programs, a CommonJS and an ES one: their spans and woven ones
 * are one trace, in both directions, and our own exports are not among them.
 */
import { join } from 'node:path';
import { type InstalledPrograms, installPrograms, type ModuleFormat } from '../support/installed-programs.js';
import { OtlpReceiver, type OtlpSpan } from '../support/otlp-receiver.js';

const sources = ['instrumented-telemetry.ts', 'instrumented-program.ts'].map((name) =>
  join(__dirname, 'support', name),
);

/** How the program is started, so that the instrumentations are there before it loads what they instrument. */
const startedBy: Readonly<Record<ModuleFormat, readonly string[]>> = {
  cjs: ['--require', './instrumented-telemetry.cjs', 'instrumented-program.cjs'],
  esm: ['--import', './hook.mjs', '--import', './instrumented-telemetry.mjs', 'instrumented-program.mjs'],
};

/** What ES modules need: without it the imports of a module can't be replaced. */
const hook = `import { register } from 'node:module';
register('@opentelemetry/instrumentation/hook.mjs', import.meta.url);
`;

interface Node {
  readonly name: string;
  readonly kind: 'internal' | 'server' | 'client';
  readonly children: readonly Node[];
}

const kinds = ['unspecified', 'internal', 'server', 'client'] as const;

function treesOf(spans: readonly OtlpSpan[], parent = ''): Node[] {
  const ids = new Set(spans.map(({ spanId }) => spanId));
  const above = ({ parentSpanId = '' }: OtlpSpan): string => (ids.has(parentSpanId) ? parentSpanId : '');
  return spans
    .filter((span) => above(span) === parent)
    .map(({ name, kind, spanId }) => ({ name, kind: kinds[kind] as Node['kind'], children: treesOf(spans, spanId) }));
}

const woven = (name: string, ...children: Node[]): Node => ({ name, kind: 'internal', children });
const client = (...children: Node[]): Node => ({ name: 'GET', kind: 'client', children });
const server = (...children: Node[]): Node => ({ name: 'GET', kind: 'server', children });

const asked = client(server(woven('Shop.stock')));

describe.each<ModuleFormat>(['cjs', 'esm'])('%s', (format) => {
  let receiver: OtlpReceiver;
  let programs: InstalledPrograms;
  let told: { answer: string; before: boolean; after: boolean; faults: unknown[] };

  beforeAll(async () => {
    receiver = await OtlpReceiver.start();
    programs = installPrograms(format, sources);
    programs.write('hook.mjs', hook);
    told = JSON.parse(await programs.run(startedBy[format], { RECEIVER: receiver.endpoint })) as typeof told;
  });

  afterAll(async () => {
    programs.remove();
    await receiver.stop();
  });

  test('calls, requests and answers are one trace', () => {
    const spans = receiver.spans();
    expect(treesOf(spans)).toEqual([woven('Customer.visit', client(server(woven('Shop.order', asked, asked, asked))))]);
    expect(new Set(spans.map(({ traceId }) => traceId)).size).toBe(1);
  });

  test('the program is answered as without, and nothing went wrong', () => {
    expect(told).toMatchObject({ answer: 'rye rye rye', faults: [] });
  });

  test('shutdown takes what was patched away again', () => {
    expect(told.before).toBe(true);
    // What an ES module has imported stays patched: the instrumentation cannot put that back. Nothing is told by it any more.
    if (format === 'cjs') expect(told.after).toBe(false);
  });

  test('the instrumentations measure by our provider, and as the guide has it not what is exported', () => {
    const durations = receiver
      .lastMetrics()
      .filter(({ name }) => /^http\.(client|server)\.request\.duration$/.test(name));
    const counts = durations.map(({ name, histogram }) => [
      name,
      (histogram?.dataPoints ?? []).reduce((sum, { count }) => sum + Number(count), 0),
    ]);
    // By http: a visit and its order; by http, fetch and undici: the stock.
    expect(counts.sort()).toEqual([
      ['http.client.request.duration', 2],
      ['http.client.request.duration', 2],
      ['http.server.request.duration', 4],
    ]);
  });
});
