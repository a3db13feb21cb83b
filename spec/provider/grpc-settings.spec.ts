/**
 * What gRPC cannot do is refused as a setting, by name, and not by an error of its own.
 */
import { bootstrap, type ExportSettings, isSpandrelFault } from 'spandrel';

test.each<[string, ExportSettings]>([
  ['export.headers', { headers: { 'x-token-bin': 'abc' } }],
  ['export.headers', { headers: { 'x-token': 'é' } }],
  ['export.tls', { tls: { cert: '-----BEGIN CERTIFICATE-----' } }],
])('%s: %j', (where, settings) => {
  let thrown: unknown;
  try {
    bootstrap({ export: { protocol: 'grpc', endpoint: 'https://127.0.0.1:1', ...settings } });
  } catch (error) {
    thrown = error;
  }
  expect(isSpandrelFault(thrown) && [thrown.code, thrown.where]).toEqual(['SPANDREL_SETTING_INVALID', where]);
});
