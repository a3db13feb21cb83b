/**
 * Thousands of traces of annotated methods and spans made by hand in one another: every failing one arrives, a fair tenth of the
 * others, all of them whole, and what is counted knows nothing of it. `spec/load/mixed-traces.spec.ts` has more of them.
 */
import { expectFair } from '../support/mixed-traces/expect-fair.js';
import { playMany } from '../support/mixed-traces/one-process.js';

test('every error and a fair tenth of the rest, of many traces', async () => {
  expectFair(await playMany(5_000, 20_261));
});
