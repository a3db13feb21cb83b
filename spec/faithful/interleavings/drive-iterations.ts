/**
 * Callers of generators: to the end, with others between two steps, left early, with an error thrown in, several steps
 * asked for at once, told to return while a step is under way.
 */
import { type Driven, ended, here } from './driven.js';

class ThrownIn extends Error {
  override readonly name = 'ThrownIn';
}

export async function driveIteration(driven: Driven, iteration: Generator<string, string>): Promise<void> {
  const { play, stage, made } = driven;
  here(driven);
  await stage.turn(`before ${made.key}`);
  for (let step = 0; ; step += 1) {
    // Ways: to the end, in turns with others, left after a step, failed after a step.
    if (play.way === 1) await stage.turn(`between steps of ${made.key}`);
    if (play.way >= 2 && step === 1) return leave(driven, iteration);
    try {
      made.began = true;
      const { done, value } = iteration.next();
      here(driven);
      if (done === true) return ended(driven, { value });
      stage.expect(value === made.key, `${made.key} yields ${value}`);
    } catch (error) {
      return ended(driven, { error });
    }
  }
}

function leave({ play, stage, made }: Driven, iteration: Generator<string, string>): void {
  if (play.way === 2) {
    stage.expect(iteration.return('left').value === 'left', `${made.key} is not left`);
    return;
  }
  const error = new ThrownIn(made.key);
  try {
    iteration.throw(error);
    stage.expect(false, `${made.key} swallowed an error`);
  } catch (thrown) {
    stage.expect(thrown === error, `${made.key} failed with ${thrown}`);
    made.failure = error;
  }
}

type LaterStep = Promise<IteratorResult<string, string>>;

export async function driveLaterIteration(driven: Driven, iteration: AsyncGenerator<string, string>): Promise<void> {
  const { play, stage, made } = driven;
  here(driven);
  await stage.turn(`before ${made.key}`);
  made.began = true;
  if (play.way === 0) return one(driven, iteration);
  const thrownIn = new ThrownIn(made.key);
  const last = play.way === 2 ? () => iteration.return('left') : () => iteration.throw(thrownIn);
  const steps: LaterStep[] =
    play.way === 1 ? play.steps.concat({ waits: true }).map(() => iteration.next()) : [iteration.next(), last()];
  here(driven);
  let over = false;
  for (const settled of await Promise.allSettled(steps)) {
    here(driven);
    if (over) continue;
    if (settled.status === 'fulfilled' && settled.value.done !== true) continue;
    over = true;
    if (settled.status === 'rejected' && settled.reason === thrownIn) made.failure = thrownIn;
    else if (settled.status === 'rejected') ended(driven, { error: settled.reason });
    else if (settled.value.value !== 'left') ended(driven, { value: settled.value.value });
  }
  stage.expect(over, `${made.key} has no end`);
}

/** One step after the other. */
async function one(driven: Driven, iteration: AsyncGenerator<string, string>): Promise<void> {
  try {
    for (;;) {
      const { done, value } = await iteration.next();
      here(driven);
      if (done === true) return ended(driven, { value });
    }
  } catch (error) {
    here(driven);
    ended(driven, { error });
  }
}
