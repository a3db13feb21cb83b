/**
 * Every kind of return with every outcome.
 */
import { asyncGenerators } from './returns/async-generators.js';
import { callbacks } from './returns/callbacks.js';
import { generators } from './returns/generators.js';
import { handedOutGenerators } from './returns/handed-out.js';
import { lookAlikeValues } from './returns/look-alikes.js';
import { nodeStreams } from './returns/node-streams.js';
import { observables } from './returns/observables.js';
import { promiseSubclasses } from './returns/promise-subclasses.js';
import { promises } from './returns/promises.js';
import { sharedThings } from './returns/shared.js';
import { throws } from './returns/throws.js';
import { values } from './returns/values.js';
import { webStreams } from './returns/web-streams.js';
import type { Scenario } from './scenario.js';

export const scenarios: readonly Scenario[] = [
  ...values,
  ...lookAlikeValues,
  ...throws,
  ...promises,
  ...promiseSubclasses,
  ...generators,
  ...asyncGenerators,
  ...handedOutGenerators,
  ...webStreams,
  ...nodeStreams,
  ...observables,
  ...callbacks,
  ...sharedThings,
];
