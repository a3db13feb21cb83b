/**
 * What must be told of calls while telemetry goes on and off: a call is told by the telemetry that was on as it was made,
 * if it begins and ends while that is still on; one that is at rest as it goes off is ended there as abandoned.
 */
import fc from 'fast-check';
import { recorded } from '../../support/recorded-telemetry.js';
import { type HeldCall, heldMetrics, makeCall } from './held-calls.js';
import { type Kind, kinds } from './program.js';

export type Command =
  | { readonly make: Kind; readonly fails: boolean }
  /** The so-manieth of the calls that are not over goes on. */
  | { readonly goOn: number }
  | { readonly toggle: true };

export const commands: fc.Arbitrary<readonly Command[]> = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ make: fc.constantFrom(...kinds), fails: fc.boolean() }) },
    { weight: 7, arbitrary: fc.record({ goOn: fc.nat({ max: 20 }) }) },
    { weight: 1, arbitrary: fc.constant({ toggle: true } as const) },
  ),
  { minLength: 5, maxLength: 40, size: 'max' },
);

interface Followed {
  readonly call: HeldCall;
  /** The telemetry it was made under; 0 where there was none. */
  readonly madeIn: number;
  begun: boolean;
}

type Told = readonly [key: string, outcome: 'success' | 'error' | 'abandoned'];

export class Lifecycle {
  #epoch = 0;
  #epochs = 0;
  #made = 0;
  #told: Told[] = [];
  readonly #calls: Followed[] = [];
  /** Spans that were told, of all epochs. */
  toldInAll = 0;

  async obey(command: Command): Promise<void> {
    if ('toggle' in command) return this.#epoch === 0 ? this.#on() : this.off();
    if ('make' in command) return this.#make(command.make, command.fails);
    const open = this.#calls.filter(({ call }) => call.stand !== 'over');
    const followed = open[command.goOn % open.length];
    if (followed === undefined) return;
    this.#note(followed, await followed.call.next());
  }

  /** Telemetry goes off, if it is on; what was recorded by then is held against what had to be. */
  async off(): Promise<void> {
    if (this.#epoch === 0) return;
    const running = this.#calls.filter((followed) => this.#isOfNow(followed) && followed.call.stand !== 'over');
    expect(await sumOf(heldMetrics.running)).toBe(running.length);
    expect(await sumOf(heldMetrics.calls)).toBe(this.#told.length);
    for (const { call } of running.filter((one) => one.call.stand === 'at rest')) {
      this.#told.push([call.key, 'abandoned']);
    }
    await recorded.stop();
    const spans = await recorded.spans();
    const told = spans.map(({ name, status, attributes }) => [
      name,
      attributes['spandrel.abandoned'] === true ? 'abandoned' : status.code === 2 ? 'error' : 'success',
    ]);
    expect(told.sort()).toEqual([...this.#told].sort());
    this.toldInAll += told.length;
    this.#told = [];
    this.#epoch = 0;
  }

  async #on(): Promise<void> {
    recorded.start();
    this.#epochs += 1;
    this.#epoch = this.#epochs;
  }

  async #make(kind: Kind, fails: boolean): Promise<void> {
    this.#made += 1;
    const madeIn = this.#epoch;
    const call = await makeCall(kind, `${kind} ${this.#made}`, fails);
    const followed = { call, madeIn, begun: false };
    this.#calls.push(followed);
    this.#note(followed, call.stand);
  }

  #note(followed: Followed, stand: HeldCall['stand']): void {
    if (stand === 'made') return;
    const { call, madeIn } = followed;
    const isNow = madeIn !== 0 && madeIn === this.#epoch;
    followed.begun ||= isNow;
    if (stand === 'over' && this.#isOfNow(followed)) this.#told.push([call.key, call.fails ? 'error' : 'success']);
  }

  #isOfNow({ madeIn, begun }: Followed): boolean {
    return begun && madeIn === this.#epoch;
  }
}

const sumOf = async (name: string): Promise<number> =>
  (await recorded.points(name)).reduce((sum, [, value]) => sum + value, 0);
