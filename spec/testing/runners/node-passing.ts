/**
 * Run by `node --test`: everything in here passes.
 */
import { after, afterEach, test } from 'node:test';
import { assertLog, assertMetric, assertNoFaults, assertSpan, assertTrace, startTestTelemetry } from 'spandrel/testing';
import { Checkout } from './checkout.js';

const telemetry = startTestTelemetry();
afterEach(() => telemetry.reset());
after(() => telemetry.stop());

for (const kind of ['book', 'pen']) {
  test(`a ${kind}`, async () => {
    await new Checkout().place(kind);
    assertTrace(telemetry, { name: 'checkout', children: [{ name: 'pay', attributes: { kind } }] });
    assertSpan(telemetry, { name: /^pay$/ });
    await assertMetric(telemetry, 'checkouts', [{ value: 1, attributes: { kind } }]);
    assertLog(telemetry, { body: 'placed', attributes: { kind } });
    assertNoFaults(telemetry);
  });
}
