/**
 * Whom OTLP trusts, and what it shows of itself.
 */
import { readFileSync } from 'node:fs';
import { Certificates } from '../../backends/world/certificates.js';
import { type Concern, eachSignal } from './each-signal.js';
import { ran, sent, type Variables, withGrpcReceiver, withReceiver } from './row.js';

let certificates: Certificates;
beforeAll(async () => {
  certificates = await Certificates.make();
});
afterAll(() => certificates.remove());

const read = (file: string): Buffer => readFileSync(file);

/** What a server of this run shows, and that only those the authority vouches for are let in. */
function tls(clients: 'all' | 'known') {
  const { server, authority } = certificates;
  const lettingIn = { requestCert: true, rejectUnauthorized: true, ca: read(authority.cert) };
  return { cert: read(server.cert), key: read(server.key), ...(clients === 'known' ? lettingIn : {}) };
}

/** The same over HTTP and over gRPC: what was sent with each of the sets of variables. */
async function overBoth(clients: 'all' | 'known', work: (at: Variables) => Promise<void>): Promise<void> {
  const at = (address: string, protocol: string): Variables => ({
    OTEL_EXPORTER_OTLP_ENDPOINT: `https://${address}`,
    OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
    OTEL_EXPORTER_OTLP_TIMEOUT: '400',
  });
  await withReceiver(({ address }) => work(at(address, 'http/protobuf')), tls(clients));
  await withGrpcReceiver(({ address }) => work(at(address, 'grpc')), tls(clients));
}

const certificate = eachSignal('CERTIFICATE', 'whom to trust', (concern) =>
  overBoth('all', async (at) => {
    const { authority, stranger } = certificates;
    const trusted = await ran({ ...at, ...concern.set(authority.cert, stranger.cert) });
    expect(sent(trusted)).toEqual(concern.expected('sent', 'failed'));
    const refused = await ran({ ...at, ...concern.set(stranger.cert, authority.cert) });
    expect(sent(refused)).toEqual(concern.expected('failed', 'sent'));
    const unreadable = await ran({ ...at, ...concern.set('/no/such/file', authority.cert) });
    const isLeft = concern.signal === undefined ? 'failed' : 'sent';
    expect(sent(unreadable)).toEqual(concern.expected(isLeft));
    // Nobody but the authorities that Node knows.
    expect(sent(await ran(at))).toEqual(concern.expected('failed'));
    const inCode = await ran(
      { ...at, ...concern.set(stranger.cert) },
      { export: { tls: { ca: read(authority.cert) } } },
    );
    expect(sent(inCode)).toEqual(concern.expected('sent'));
  }),
);

const shown = (concern: Concern) =>
  overBoth('known', async (given) => {
    const { authority, client, stranger } = certificates;
    const at = { ...given, OTEL_EXPORTER_OTLP_CERTIFICATE: authority.cert };
    const pair = (one: typeof client, weaker: typeof client): Variables => ({
      ...concern.named('CLIENT_CERTIFICATE', one.cert, weaker.cert),
      ...concern.named('CLIENT_KEY', one.key, weaker.key),
    });
    expect(sent(await ran({ ...at, ...pair(client, stranger) }))).toEqual(concern.expected('sent', 'failed'));
    expect(sent(await ran(at))).toEqual(concern.expected('failed'));
    const mixed = { ...pair(client, stranger), ...concern.named('CLIENT_KEY', stranger.key, stranger.key) };
    expect(sent(await ran({ ...at, ...mixed }))).toEqual(concern.expected('failed'));
    const ofCode = { ca: read(authority.cert), cert: read(client.cert), key: read(client.key) };
    const inCode = await ran({ ...at, ...pair(stranger, stranger) }, { export: { tls: ofCode } });
    expect(sent(inCode)).toEqual(concern.expected('sent'));
  });

export const certificateRows = {
  ...certificate,
  ...eachSignal('CLIENT_CERTIFICATE', 'the certificate that is shown to a receiver, with its key', shown),
  ...eachSignal('CLIENT_KEY', 'the key of the certificate that is shown', shown),
};
