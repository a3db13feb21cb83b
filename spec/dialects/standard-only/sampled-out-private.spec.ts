/**
 * Private members and decorated accessors of calls that are not recorded: they run once, and give what they give.
 */
import { Counted, Traced } from 'spandrel';
import { recorded } from '../../support/recorded-telemetry.js';
import { sampledBy } from '../../support/sampled-by.js';

class Vault {
  static opened = 0;
  #kept = 7;

  @Traced()
  #open(by: number): number {
    Vault.opened += 1;
    return this.#kept * by;
  }

  @Traced()
  get #size(): number {
    Vault.opened += 1;
    return this.#kept;
  }

  @Traced()
  static #made(...given: unknown[]): unknown[] {
    Vault.opened += 1;
    return given;
  }

  @Traced()
  async #later(thrown: unknown): Promise<never> {
    Vault.opened += 1;
    throw thrown;
  }

  @Traced()
  @Counted('vault.count')
  #counted(promise: unknown): unknown {
    Vault.opened += 1;
    return promise;
  }

  @Traced()
  all(promise: Promise<unknown>): unknown[] {
    return [this.#open(3), this.#size, Vault.#made(1, undefined), this.#later(undefined), this.#counted(promise)];
  }
}

afterEach(() => recorded.stop());

describe.each(['always_off', 'parentbased_always_off'])('OTEL_TRACES_SAMPLER=%s', (sampler) => {
  sampledBy(sampler);

  test('all is as it is without telemetry', async () => {
    const settled = async (): Promise<unknown[]> => {
      Vault.opened = 0;
      const given = new Vault().all(Promise.resolve('kept'));
      return [Vault.opened, ...(await Promise.allSettled(given))];
    };
    const bare = await settled();
    recorded.start();
    expect(await settled()).toEqual(bare);
    expect(bare[0]).toBe(5);
    expect(await recorded.trees()).toEqual([]);
    expect(await recorded.points('vault.count')).toEqual([[{}, 1]]);
    expect(recorded.faults()).toEqual([]);
  });
});
