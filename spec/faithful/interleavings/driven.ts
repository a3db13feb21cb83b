/**
 * A call as its caller has it, and what the caller notes of it.
 */
import { type Play, Refusal } from './program.js';
import type { Made, Stage } from './stage.js';

export interface Driven {
  readonly stage: Stage;
  readonly play: Play;
  readonly made: Made;
}

/** The caller looks around: it must be where it has been all the time. */
export const here = ({ stage, made }: Driven): void => stage.look(made.caller, `the caller of ${made.key}`);

/** The call ended like this. Of an error it is the very one. */
export function ended({ stage, made, play }: Driven, outcome: { value?: unknown; error?: unknown }): void {
  const { error } = outcome;
  if (error === undefined) {
    stage.expect(outcome.value === made.key && !play.fails, `${made.key} gave ${String(outcome.value)}`);
    return;
  }
  stage.expect(
    error instanceof Refusal && error.message === made.key && play.fails,
    `${made.key} failed with ${error}`,
  );
  made.failure = error as Error;
}
