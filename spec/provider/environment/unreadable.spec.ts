/**
 * What holds of every variable of the table alike: a value that can't be read is told of once and does nothing; empty or blank is
 * unset; a word may be in any case.
 */
import { bootstrap, type Health, type Settings } from 'spandrel';
import { environmentTable, type Variable } from '../../../lib/provider/settings/environment-table.js';
import { resolveSettings } from '../../../lib/provider/settings/resolve-settings.js';
import { ran, sent, type Variables, withReceiver } from './row.js';

const variables = Object.keys(environmentTable) as Variable[];

/** Those that a rule may refuse, likeliest first; where it refuses none, it takes any text. */
const refusable = ['-1', '1.5', 'no such word', 'nonsense', '%', '='];

const refused = (variable: Variable): string[] =>
  refusable.filter((value) => !environmentTable[variable].accepts(value));

/** Any text is a name. */
const takeAnything: readonly Variable[] = ['OTEL_SERVICE_NAME', 'OTEL_EXPORTER_PROMETHEUS_HOST'];
const canBeWrong = variables.filter((variable) => !takeAnything.includes(variable));

test('each of the table can be wrong, but for names', () => {
  expect(variables.filter((variable) => refused(variable).length === 0)).toEqual(takeAnything);
});

beforeEach(() => void jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined));
afterEach(() => jest.restoreAllMocks());

/** The settings that come of it, with what is passed to the SDK. */
const resolved = (given: Variables, settings: Settings = {}) => JSON.stringify(resolveSettings(settings, given));

test.each(canBeWrong)('%s: what cannot be read is told of once, and does nothing', async (variable) => {
  for (const value of refused(variable)) {
    const health: Health = await ran({ [variable]: value }, { export: { protocol: 'none' } });
    expect(health.faults.map(({ code, where, count }) => [code, where, count])).toEqual([
      ['SPANDREL_ENVIRONMENT_IGNORED', variable, 1],
    ]);
    expect(health.faults[0]?.first).toContain(`${variable} = "${value}" cannot be read`);
    expect(resolved({ [variable]: value })).toBe(resolved({}));
  }
});

test.each(variables)('%s: empty or blank is unset', async (variable) => {
  for (const value of ['', ' ', '\t ']) {
    expect((await ran({ [variable]: value }, { export: { protocol: 'none' } })).faults).toEqual([]);
    expect(resolved({ [variable]: value })).toBe(resolved({}));
  }
});

/** The words a rule names, each by itself. */
const words = variables.flatMap((variable) =>
  [...environmentTable[variable].allowed.matchAll(/"([^"]+)"/g)].map(([, word]) => [variable, word as string] as const),
);

test.each(words)('%s: %s, in any case', (variable, word) => {
  const lower = resolved({ [variable]: word });
  for (const value of [word.toUpperCase(), `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`, ` ${word}\t`]) {
    expect(resolved({ [variable]: value })).toBe(lower);
  }
});

test('all of them wrong at once: everything goes out as with none of them', () =>
  withReceiver(async (receiver) => {
    const wrong = Object.fromEntries(canBeWrong.map((variable) => [variable, refused(variable)[0]]));
    const { env } = process;
    const health = await ran(wrong, { export: { endpoint: receiver.endpoint } });
    expect(sent(health)).toEqual({ traces: 'sent', metrics: 'sent', logs: 'sent' });
    expect(receiver.spans().map(({ name }) => name)).toEqual(['by hand', 'Mill.turn']);
    expect(health.faults).toHaveLength(canBeWrong.length);
    expect(process.env).toBe(env);
  }));

test('over gRPC, an address that is none stops nothing', async () => {
  const { env } = process;
  process.env = { ...env, OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc', OTEL_EXPORTER_OTLP_ENDPOINT: '127.0.0.1:99999' };
  const telemetry = bootstrap();
  expect(telemetry.health().faults).toMatchObject([{ where: 'OTEL_EXPORTER_OTLP_ENDPOINT' }]);
  await telemetry.shutdown();
  process.env = env;
});
