/**
 * Every case, in the order of the page.
 */
import { cases as clientPromises } from './cases/client-promises.mjs';
import { cases as declarations } from './cases/declarations.mjs';
import { cases as failures } from './cases/failures.mjs';
import { cases as functions } from './cases/functions.mjs';
import { cases as iterations } from './cases/iterations.mjs';
import { cases as streams } from './cases/streams.mjs';
import { cases as valuesAndPromises } from './cases/values-and-promises.mjs';

export const allCases = [
  ...valuesAndPromises,
  ...clientPromises,
  ...iterations,
  ...streams,
  ...failures,
  ...functions,
  ...declarations,
];
