/**
 * The annotated methods of a program, one for each kind of call. Every one does what its play says and looks around after
 * each step.
 */
import { Counted, call, InFlight, Traced } from 'spandrel';
import { type Observer, TinyObservable } from '../table/tiny-observable.js';
import { LazyPromise } from './lazy-promise.js';
import { type Play, Refusal } from './program.js';
import type { Stage } from './stage.js';

/** What a method is called with. */
export interface Part {
  readonly key: string;
  readonly play: Play;
  readonly stage: Stage;
}

export const metricNames = { calls: 'interleavings.calls', running: 'interleavings.running' } as const;

const attributes = { key: call.arg(0, 'key') };
const ends = ({ play, key }: Part): string => {
  if (play.fails) throw new Refusal(key);
  return key;
};

@Counted(metricNames.calls)
@InFlight(metricNames.running)
export class Player {
  @Traced({ attributes })
  sync(part: Part): string {
    begin(part);
    for (const step of part.play.steps) {
      if ('calls' in step) part.stage.aside(part.stage.drive(step.calls, part.key));
      look(part);
    }
    return ends(part);
  }

  @Traced({ attributes })
  async later(part: Part): Promise<string> {
    begin(part);
    await work(part);
    return ends(part);
  }

  @Traced({ attributes })
  *steps(part: Part): Generator<string, string> {
    begin(part);
    for (const step of part.play.steps) {
      if ('calls' in step) part.stage.aside(part.stage.drive(step.calls, part.key));
      else yield part.key;
      look(part);
    }
    return ends(part);
  }

  @Traced({ attributes })
  async *laterSteps(part: Part): AsyncGenerator<string, string> {
    begin(part);
    for (const step of part.play.steps) {
      await done(part, step);
      look(part);
      if ('waits' in step) yield part.key;
      look(part);
    }
    return ends(part);
  }

  @Traced({ attributes })
  lazily(part: Part): LazyPromise<string> {
    begin(part);
    return new LazyPromise(async () => {
      look(part);
      await work(part);
      return ends(part);
    });
  }

  @Traced({ attributes, callback: 'last' })
  calling(part: Part, callback: (error: unknown, result?: string) => void): void {
    begin(part);
    const answer = async (): Promise<void> => {
      await work(part);
      if (part.play.fails) callback(new Refusal(part.key));
      else callback(null, part.key);
      look(part);
      if (part.play.way === 1) callback(new Error('once more'));
    };
    part.stage.aside(answer());
  }

  @Traced({ attributes })
  watched(part: Part): TinyObservable {
    return new TinyObservable((observer) => {
      let left = false;
      begin(part);
      part.stage.aside(emitted(part, observer, () => left));
      return () => {
        left = true;
      };
    });
  }
}

const look = ({ stage, key }: Part): void => stage.look(key, `within ${key}`);

function begin(part: Part): void {
  look(part);
}

async function done({ stage, key }: Part, step: Play['steps'][number]): Promise<void> {
  if ('waits' in step) return stage.turn(key);
  const driven = stage.drive(step.calls, key);
  if (step.waitedFor) await driven;
  else stage.aside(driven);
}

async function work(part: Part): Promise<void> {
  for (const step of part.play.steps) {
    await done(part, step);
    look(part);
  }
}

async function emitted(
  part: Part,
  observer: Required<Pick<Observer, 'next' | 'error' | 'complete'>>,
  left: () => boolean,
) {
  for (const step of part.play.steps) {
    await done(part, step);
    if (left()) return;
    look(part);
    if ('waits' in step) observer.next(part.key);
  }
  if (left()) return;
  if (part.play.fails) observer.error(new Refusal(part.key));
  else observer.complete();
}
