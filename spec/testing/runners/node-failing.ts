/**
 * Run by `node --test`: everything in here fails.
 */
import { after, test } from 'node:test';
import { assertTrace, startTestTelemetry } from 'spandrel/testing';
import { Checkout } from './checkout.js';

const telemetry = startTestTelemetry({ ids: 'sequential', clock: 'ticking' });
after(() => telemetry.stop());

test('expects another kind', async () => {
  await new Checkout().place('book');
  assertTrace(telemetry, { name: 'checkout', children: [{ name: 'pay', attributes: { kind: 'pen' } }] });
});
