/**
 * The property of `spec/faithful/kept-traces/any-traces.spec.ts`, of many more scripts.
 */
import { expectOfAny } from '../faithful/kept-traces/any-traces.js';

test('as the documentation has it, of thousands of scripts', () => expectOfAny(1_500, 20_266));
