/**
 * A method that throws at once, whatever it throws.
 */
import { ofKind, type Scenario } from '../scenario.js';
import { everyThrown } from '../thrown.js';

export const throws: readonly Scenario[] = ofKind(
  'a throw',
  {},
  everyThrown.map((failure) => ({
    outcome: failure.label,
    body: (journal) =>
      function (...args) {
        journal.label(failure.value, failure.label);
        journal.begin(this, args);
        try {
          throw failure.value;
        } finally {
          journal.in('finally');
        }
      },
    use(invoke, journal) {
      journal.caught(invoke);
    },
    calls: [{ failure }],
  })),
);
