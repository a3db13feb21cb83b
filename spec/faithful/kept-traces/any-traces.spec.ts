/**
 * Whatever spans start and end, in whatever order, under whatever setting: each trace arrives whole or not at all, no span without the
 * one above it, none twice, with the share it stands for; and what did not arrive is counted.
 */
import { expectOfAny } from './any-traces.js';

test('as the documentation has it', () => expectOfAny(200, 20_265));
