/**
 * A hundred thousand traces of mixed shapes, of which three in a hundred fail somewhere and in some way: every failing one arrives, a
 * fair tenth of the others, all of them whole, and what is counted knows nothing of it.
 */
import { expectFair } from '../support/mixed-traces/expect-fair.js';
import { playMany } from '../support/mixed-traces/one-process.js';

test('every error and a fair tenth of the rest, of a hundred thousand traces', async () => {
  expectFair(await playMany(100_000, 20_260));
});
