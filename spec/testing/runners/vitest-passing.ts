/**
 * Run by Vitest: everything in here passes.
 */
import { spandrelMatchers, startTestTelemetry } from 'spandrel/testing';
import { afterAll, afterEach, expect, test } from 'vitest';
import { Checkout } from './checkout.js';
import './vitest-matchers.js';

expect.extend(spandrelMatchers);

const telemetry = startTestTelemetry();
afterEach(() => telemetry.reset());
afterAll(() => telemetry.stop());

test.each(['book', 'pen'])('a %s', async (kind) => {
  await new Checkout().place(kind);
  expect(telemetry).toHaveTrace({
    name: expect.stringContaining('check'),
    children: [{ name: 'pay', attributes: { kind: expect.any(String) } }],
  });
  expect(telemetry).not.toHaveSpan({ name: 'refund' });
  await expect(telemetry).toHaveMetric('checkouts', [{ value: 1, attributes: { kind } }]);
  expect(telemetry).toHaveLog({ body: 'placed', attributes: { kind } });
  expect(telemetry).toHaveNoFaults();
});
