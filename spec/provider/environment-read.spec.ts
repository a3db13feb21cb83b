/**
 * What is said of the environment is what happens: a word in capitals is that word, what is told of as ignored has no effect, also
 * where the SDK reads the variable by itself, and the environment is afterwards as it was.
 */
import { trace } from '@opentelemetry/api';
import { bootstrap, type Settings, type Telemetry, Traced } from 'spandrel';
import { KeepingExporter } from '../support/keeping-exporter.js';
import { OtlpReceiver } from '../support/otlp-receiver.js';

class Mill {
  @Traced()
  grind(): string {
    trace.getActiveSpan()?.addEvent('ground', { grain: 'rye', weight: 2 });
    return 'flour';
  }
}

const before = { ...process.env };
let telemetry: Telemetry | undefined;

afterEach(async () => {
  await telemetry?.shutdown({ timeoutMs: 1_000 });
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
  jest.restoreAllMocks();
});

function start(variables: Readonly<Record<string, string>>, settings: Settings = {}): Telemetry {
  jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
  Object.assign(process.env, variables);
  const set = { ...process.env };
  telemetry = bootstrap(settings);
  expect({ ...process.env }).toEqual(set);
  return telemetry;
}

const ignored = ({ faults }: ReturnType<Telemetry['health']>): string[] =>
  faults.flatMap(({ code, where }) => (code === 'SPANDREL_ENVIRONMENT_IGNORED' ? [where] : []));

test('words are the same in capitals, and between blanks', async () => {
  const receiver = await OtlpReceiver.start();
  const running = start({
    OTEL_EXPORTER_OTLP_ENDPOINT: `  ${receiver.endpoint} `,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'HTTP/JSON',
    OTEL_EXPORTER_OTLP_COMPRESSION: 'GZIP',
  });
  new Mill().grind();
  await running.shutdown();
  expect(receiver.spans().map(({ name }) => name)).toEqual(['Mill.grind']);
  expect(receiver.requests.map(({ headers }) => headers['content-encoding'])).toEqual(['gzip']);
  expect(running.health().faults).toEqual([]);
  await receiver.stop();
});

const kept = { protocol: 'none' as const };

test('a sampler in capitals samples', async () => {
  const exporter = new KeepingExporter();
  const running = start({ OTEL_TRACES_SAMPLER: 'ALWAYS_OFF' }, { export: { ...kept, spanExporters: [exporter] } });
  new Mill().grind();
  await running.shutdown();
  expect(exporter.getFinishedSpans()).toEqual([]);
});

test('what is ignored does not reach the SDK', async () => {
  const exporter = new KeepingExporter();
  const variables = {
    OTEL_SPAN_EVENT_COUNT_LIMIT: '-1',
    OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT: '-1',
    OTEL_RESOURCE_ATTRIBUTES: 'a=1,b=%zz',
  };
  const running = start(variables, { export: { ...kept, spanExporters: [exporter] } });
  new Mill().grind();
  await running.shutdown();
  expect(ignored(running.health()).sort()).toEqual(Object.keys(variables).sort());
  const [span] = exporter.getFinishedSpans();
  expect(span?.events.map(({ name }) => name)).toEqual(['ground']);
  expect(Object.keys(span?.attributes ?? {})).not.toEqual([]);
});

test('attributes of an event are limited by the name of the specification', async () => {
  const exporter = new KeepingExporter();
  const running = start({ OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT: '1' }, { export: { ...kept, spanExporters: [exporter] } });
  new Mill().grind();
  await running.shutdown();
  expect(exporter.getFinishedSpans()[0]?.events).toMatchObject([
    { name: 'ground', attributes: { grain: 'rye' }, droppedAttributesCount: 1 },
  ]);
});

test.each([
  ['OTEL_EXPORTER_OTLP_HEADERS', 'x-token=a%0Ab'],
  ['OTEL_EXPORTER_OTLP_HEADERS', 'x-token=%E2%82%AC'],
  ['OTEL_EXPORTER_OTLP_TRACES_HEADERS', 'x-token-bin=abc'],
  ['OTEL_EXPORTER_OTLP_ENDPOINT', '%%%'],
])('%s=%s is ignored over gRPC, and nothing is thrown', async (variable, value) => {
  const running = start({ OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc', [variable]: value });
  expect(running.health().state).toBe('running');
  expect(ignored(running.health())).toEqual([variable]);
});
