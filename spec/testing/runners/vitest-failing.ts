/**
 * Run by Vitest: everything in here fails.
 */
import { spandrelMatchers, startTestTelemetry } from 'spandrel/testing';
import { afterAll, expect, test } from 'vitest';
import { Checkout } from './checkout.js';
import './vitest-matchers.js';

expect.extend(spandrelMatchers);

const telemetry = startTestTelemetry({ ids: 'sequential', clock: 'ticking' });
afterAll(() => telemetry.stop());

test('expects another kind', async () => {
  await new Checkout().place('book');
  expect(telemetry).toHaveTrace({
    name: 'checkout',
    children: [{ name: 'pay', attributes: { kind: expect.stringMatching(/pen/) } }],
  });
});
