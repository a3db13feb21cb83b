/**
 * The callers: each kind of call is made in every way it can be, and what comes of it is noted. Whatever the call does, its
 * caller stays where it was.
 */
import { driveIteration, driveLaterIteration } from './drive-iterations.js';
import { type Driven, ended, here } from './driven.js';
import { Player } from './player.js';
import type { Kind, Play } from './program.js';
import type { Stage } from './stage.js';

const player = new Player();

/** Makes the call, and is over when the caller is done with it. Never rejects. */
export async function drive(stage: Stage, play: Play, caller: string): Promise<void> {
  const driven: Driven = { stage, play, made: stage.call(play, caller) };
  await ways[play.kind](driven);
  here(driven);
}

const partOf = ({ stage, play, made }: Driven) => ({ stage, play, key: made.key });

function noted(driven: Driven, outcome: Parameters<typeof ended>[1]): void {
  here(driven);
  ended(driven, outcome);
}

async function settled(driven: Driven, promise: PromiseLike<unknown>): Promise<void> {
  try {
    const value = await promise;
    noted(driven, { value });
  } catch (error) {
    noted(driven, { error });
  }
}

const ways: Readonly<Record<Kind, (driven: Driven) => Promise<void> | void>> = {
  sync(driven) {
    driven.made.began = true;
    try {
      ended(driven, { value: player.sync(partOf(driven)) });
    } catch (error) {
      ended(driven, { error });
    }
  },

  async(driven) {
    driven.made.began = true;
    const promise = player.later(partOf(driven));
    here(driven);
    return settled(driven, promise);
  },

  generator: (driven) => driveIteration(driven, player.steps(partOf(driven))),

  'async generator': (driven) => driveLaterIteration(driven, player.laterSteps(partOf(driven))),

  async 'lazy promise'(driven) {
    const { play, stage, made } = driven;
    made.began = true;
    const promise = player.lazily(partOf(driven));
    here(driven);
    await stage.turn(`before ${made.key}`);
    if (play.way === 0) return settled(driven, promise);
    if (play.way === 1) return settled(driven, promise.asResponse());
    const handled = promise.then(
      (value) => noted(driven, { value }),
      (error: unknown) => noted(driven, { error }),
    );
    const uses = [handled, settled(driven, play.way === 2 ? promise : promise.asResponse())];
    await Promise.all(uses);
  },

  callback(driven) {
    driven.made.began = true;
    let calls = 0;
    return new Promise((resolve) => {
      player.calling(partOf(driven), (error, value) => {
        here(driven);
        calls += 1;
        if (calls > 1) return;
        ended(driven, error === null ? { value } : { error });
        resolve();
      });
      here(driven);
    });
  },

  async observable(driven) {
    const { stage, made, play } = driven;
    const observable = player.watched(partOf(driven));
    here(driven);
    await stage.turn(`before ${made.key}`);
    made.began = true;
    await new Promise<void>((resolve) => {
      let seen = 0;
      const over = (outcome: Parameters<typeof ended>[1]): void => {
        noted(driven, outcome);
        resolve();
      };
      const subscription = observable.subscribe({
        next() {
          here(driven);
          seen += 1;
          if (play.way !== 1 || seen < 2) return;
          subscription.unsubscribe();
          resolve();
        },
        error: (error) => over({ error }),
        complete: () => over({ value: made.key }),
      });
      here(driven);
    });
  },
};
