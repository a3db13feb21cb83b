/**
 * How OTLP is spoken, and where to.
 */
import { eachSignal } from './each-signal.js';
import { headerOf, ran, sent, withGrpcReceiver, withReceiver } from './row.js';

const protobuf = 'application/x-protobuf';

const protocol = eachSignal('PROTOCOL', 'how OTLP is spoken', (concern) =>
  withReceiver(async (receiver) => {
    const at = { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.endpoint };
    await ran({ ...at, ...concern.set('HTTP/Json') });
    expect(headerOf(receiver, 'content-type')).toEqual(concern.expected('application/json', protobuf));

    receiver.requests.length = 0;
    await ran({ ...at, ...concern.set('http/protobuf', 'http/json') });
    expect(headerOf(receiver, 'content-type')).toEqual(concern.expected(protobuf, 'application/json'));

    receiver.requests.length = 0;
    await ran({ ...at, ...concern.set('http/json') }, { export: { protocol: 'http/protobuf' } });
    expect(headerOf(receiver, 'content-type')).toEqual(concern.expected(protobuf));

    receiver.requests.length = 0;
    await withGrpcReceiver(async (grpc) => {
      const there = concern.named('ENDPOINT', `http://${grpc.address}`, receiver.endpoint);
      await ran({ ...there, ...concern.set('grpc') });
      expect(headerOf(grpc, 'content-type')).toEqual(concern.expected('application/grpc', '(none)'));
      expect(headerOf(receiver, 'content-type')).toEqual(concern.expected('(none)', protobuf));
    });
  }),
);

const endpoint = eachSignal('ENDPOINT', 'where to; a base for all signals, the very address for one', (concern) =>
  withReceiver((receiver) =>
    withReceiver(async (elsewhere) => {
      const address = `${receiver.endpoint}/base${concern.signal === undefined ? '' : `/v1/${concern.signal}`}`;
      const set = concern.set(address, elsewhere.endpoint);
      await ran(set);
      const at = (base: string, is: boolean) => ({ path: `${base}/v1/`, is });
      const seen = (given: typeof receiver) => [...new Set(given.requests.map(({ path }) => path))].sort();
      const all = (['logs', 'metrics', 'traces'] as const).map((signal) => ({ signal, own: concern.isOf(signal) }));
      const paths = (own: boolean, base: string): string[] =>
        all.filter((one) => one.own === own).map(({ signal }) => at(base, own).path + signal);
      expect(seen(receiver)).toEqual(paths(true, '/base'));
      expect(seen(elsewhere)).toEqual(paths(false, ''));

      receiver.requests.length = 0;
      elsewhere.requests.length = 0;
      await ran(set, { export: { endpoint: `${elsewhere.endpoint}/code` } });
      expect(seen(receiver)).toEqual([]);
      expect(seen(elsewhere)).toEqual(all.map(({ signal }) => `/code/v1/${signal}`));
    }),
  ),
);

const headers = eachSignal('HEADERS', 'headers, those of all signals and of one together', (concern) =>
  withReceiver(async (receiver) => {
    const at = { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.endpoint };
    const set = concern.set('x-own=a%20b,x-both=own', 'x-all=all,x-both=all');
    await ran({ ...at, ...set });
    const weaker = concern.signal === undefined ? '(none)' : 'all';
    expect(headerOf(receiver, 'x-own')).toEqual(concern.expected('a b', '(none)'));
    expect(headerOf(receiver, 'x-both')).toEqual(concern.expected('own', weaker));
    expect(headerOf(receiver, 'x-all')).toEqual(concern.expected(weaker));

    receiver.requests.length = 0;
    await ran({ ...at, ...set }, { export: { headers: { 'x-both': 'code' } } });
    expect(headerOf(receiver, 'x-both')).toEqual(concern.expected('code'));
    expect(headerOf(receiver, 'x-own')).toEqual(concern.expected('a b', '(none)'));

    await withGrpcReceiver(async (grpc) => {
      const there = { OTEL_EXPORTER_OTLP_ENDPOINT: `http://${grpc.address}`, OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' };
      await ran({ ...there, ...set });
      expect(headerOf(grpc, 'x-own')).toEqual(concern.expected('a b', '(none)'));
      expect(headerOf(grpc, 'x-both')).toEqual(concern.expected('own', weaker));
    });
  }),
);

const compression = eachSignal('COMPRESSION', 'gzip', (concern) =>
  withReceiver(async (receiver) => {
    const at = { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.endpoint };
    await ran({ ...at, ...concern.set('GZip') });
    expect(headerOf(receiver, 'content-encoding')).toEqual(concern.expected('gzip', '(none)'));

    receiver.requests.length = 0;
    await ran({ ...at, ...concern.set('none', 'gzip') });
    expect(headerOf(receiver, 'content-encoding')).toEqual(concern.expected('(none)', 'gzip'));

    receiver.requests.length = 0;
    await ran({ ...at, ...concern.set('gzip') }, { export: { compression: 'none' } });
    expect(headerOf(receiver, 'content-encoding')).toEqual(concern.expected('(none)'));

    await withGrpcReceiver(async (grpc) => {
      const there = { OTEL_EXPORTER_OTLP_ENDPOINT: `http://${grpc.address}`, OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' };
      await ran({ ...there, ...concern.set('gzip') });
      expect(headerOf(grpc, 'grpc-encoding')).toEqual(concern.expected('gzip', '(none)'));
    });
  }),
);

const timeout = eachSignal('TIMEOUT', 'how long an export may take', (concern) =>
  withReceiver(async (receiver) => {
    receiver.onRequest = (path) => {
      const signal = path.slice('/v1/'.length) as 'traces';
      receiver.answer = concern.isOf(signal) ? 'hang' : 200;
    };
    const at = { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.endpoint };
    // `ran` gives up on a flush after five seconds, and nothing has failed by then where the limit is a minute.
    expect(sent(await ran({ ...at, ...concern.set('100', '60000') }))).toEqual(concern.expected('failed', 'sent'));
    const inCode = await ran({ ...at, ...concern.set('60000') }, { export: { timeoutMs: 100 } });
    expect(sent(inCode)).toEqual(concern.expected('failed', 'sent'));
  }),
);

const insecure = eachSignal(
  'INSECURE',
  'over gRPC, whether an address without a scheme is spoken to without TLS',
  (concern) =>
    withGrpcReceiver(async (grpc) => {
      const at = {
        OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
        OTEL_EXPORTER_OTLP_ENDPOINT: grpc.address,
        OTEL_EXPORTER_OTLP_TIMEOUT: '300',
      };
      expect(sent(await ran({ ...at, ...concern.set('True') }))).toEqual(concern.expected('sent', 'failed'));
      expect(sent(await ran({ ...at, ...concern.set('false', 'true') }))).toEqual(concern.expected('failed', 'sent'));
      // What can't be read leaves the general one as it is; all is with TLS where there is none.
      const isLeft = concern.signal === undefined ? 'failed' : 'sent';
      expect(sent(await ran({ ...at, ...concern.set('maybe', 'true') }))).toEqual(concern.expected(isLeft));
      // An address with a scheme, in code or not, says it itself.
      const inCode = await ran({ ...at, ...concern.set('false') }, { export: { endpoint: `http://${grpc.address}` } });
      expect(sent(inCode)).toEqual(concern.expected('sent'));
    }),
);

export const otlpRows = { ...protocol, ...endpoint, ...headers, ...compression, ...timeout, ...insecure };
