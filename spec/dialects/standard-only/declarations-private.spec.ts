/**
 * `#private` methods, getters and `accessor` fields, static and not: what their decorators put in their place is bare until
 * `bootstrap()` and after `shutdown()`.
 */
import { Counted, call, Timed, Traced, Untraced } from 'spandrel';
import { failedSpan, recorded, span } from '../../support/recorded-telemetry.js';
import { recordsOf } from '../../support/records-of.js';
import { snapshot } from '../../support/snapshot.js';

afterEach(() => recorded.stop());

class Vault {
  static #opened = 0;
  #level = 1;

  @Traced({ attributes: { amount: call.arg(0), left: call.result() } })
  @Counted('private.taken', { amount: call.arg(0) })
  @Timed('private.taking')
  #take(amount: number): number {
    this.#level -= amount;
    return this.#level;
  }
  @Traced()
  async #seal(fail: boolean): Promise<string> {
    await Promise.resolve();
    if (fail) throw new TypeError('jammed');
    return 'sealed';
  }
  @Traced()
  *#coins(): Generator<number, string> {
    yield 1;
    return 'all';
  }
  @Traced()
  get #worth(): number {
    return this.#level * 10;
  }
  @Traced()
  @Counted('private.locked')
  accessor #locked = true;
  @Traced()
  static #open(): number {
    Vault.#opened += 1;
    return Vault.#opened;
  }
  @Traced()
  static get #count(): number {
    return Vault.#opened;
  }
  @Traced()
  static accessor #place = 'here';

  static useAll(): unknown[] {
    Vault.#place = 'there';
    return [Vault.#open(), Vault.#count, Vault.#place];
  }
  use(): unknown[] {
    const locked = this.#locked;
    this.#locked = !locked;
    const got = [this.#take(2), this.#worth, locked, this.#locked, [...this.#coins()]];
    this.#locked = locked;
    this.#level += 2;
    return got;
  }
  seal(fail: boolean): Promise<string> {
    return this.#seal(fail);
  }
  /** The private members' own functions, as the class sees them. */
  functions(): unknown[] {
    return [this.#take, this.#seal, this.#coins, Vault.#open].map((method) => [method.name, method.length]);
  }
  same(): boolean {
    return this.#take === new Vault().#take;
  }
}

test('private members are told while telemetry is on, whole, and not before or after', async () => {
  const used = (): unknown[] => {
    const vault = new Vault();
    return [vault.use(), vault.use(), Vault.useAll().slice(1), vault.functions(), vault.same()];
  };
  const first = used();
  expect(first).toEqual([
    [-1, -10, true, false, [1]],
    [-1, -10, true, false, [1]],
    [1, 'there'],
    [
      ['#take', 1],
      ['#seal', 1],
      ['#coins', 0],
      ['#open', 0],
    ],
    true,
  ]);
  const written = snapshot(Vault);

  for (const round of [1, 2]) {
    recorded.start();
    expect(snapshot(Vault)).toEqual(written);
    const vault = new Vault();
    expect(vault.use()).toEqual([-1, -10, true, false, [1]]);
    expect(Vault.useAll()).toEqual([round + 1, round + 1, 'there']);
    await expect(vault.seal(true)).rejects.toThrow('jammed');
    await expect(vault.seal(false)).resolves.toBe('sealed');
    expect(await recorded.trees()).toEqual([
      span('Vault.#locked'),
      span('Vault.#take', { attributes: { amount: 2, left: -1 } }),
      span('Vault.#worth'),
      span('Vault.#locked'),
      span('Vault.#coins'),
      span('Vault.#open'),
      span('Vault.#count'),
      span('Vault.#place'),
      failedSpan('Vault.#seal', { type: 'TypeError', message: 'jammed' }),
      span('Vault.#seal'),
    ]);
    expect(await recorded.points('private.taken')).toEqual([[{}, 2]]);
    expect(await recorded.points('private.taking')).toEqual([[{}, 1]]);
    expect(await recorded.points('private.locked')).toEqual([[{}, 2]]);
    await recorded.stop();
    const after = new Vault();
    expect(after.use()).toEqual([-1, -10, true, false, [1]]);
    expect(await recorded.spans()).toHaveLength(10);
  }
});

test('a class that appears while telemetry is on is told from its first instance, its statics from the start', async () => {
  recorded.start();
  class Late {
    @Traced()
    #run(): string {
      return 'ran';
    }
    @Traced()
    static #make(): string {
      return 'made';
    }
    static made = Late.#make();
    ran = this.#run();
  }
  expect([Late.made, new Late().ran]).toEqual(['made', 'ran']);
  expect(await recorded.trees()).toEqual([span('Late.#make'), span('Late.#run')]);
});

test('a base and its subclass have private members of one name, and each is told by its class', async () => {
  recorded.start();
  class Base {
    @Traced()
    #step(): string {
      return 'base';
    }
    run(): string[] {
      return [this.#step()];
    }
  }
  class Derived extends Base {
    @Traced()
    #step(): string {
      return 'derived';
    }
    @Traced()
    override run(): string[] {
      return [...super.run(), this.#step()];
    }
  }
  expect(new Derived().run()).toEqual(['base', 'derived']);
  expect(await recorded.trees()).toEqual([span('Derived.run', {}, span('Base.#step'), span('Derived.#step'))]);
});

test('an annotation of the class does not reach private members; a frozen class has them told', async () => {
  @Traced({ prefix: 'closed' })
  class Closed {
    @Traced('closed.secret')
    #secret(): void {}
    #plain(): void {}
    @Untraced()
    #quiet(): void {}
    run(): void {
      this.#secret();
      this.#plain();
      this.#quiet();
    }
  }
  Object.freeze(Closed.prototype);
  Object.freeze(Closed);
  recorded.start();
  new Closed().run();
  expect(await recorded.trees()).toEqual([span('closed.secret', { at: 'Closed.#secret' })]);
});

test('records of private members say so, and are not mixed up with a computed member of that name', async () => {
  recorded.start();
  class Twins {
    @Traced('private one')
    #twin(): void {}
    @Traced('public one')
    ['#twin'](): void {
      this.#twin();
    }
  }
  new Twins()['#twin']();
  expect(await recorded.trees()).toEqual([
    span('public one', { at: 'Twins.#twin' }, span('private one', { at: 'Twins.#twin' })),
  ]);
  expect(recordsOf(Twins, '#twin').map(({ element }) => element)).toEqual([
    { kind: 'method', key: '#twin', static: false, private: true },
    { kind: 'method', key: '#twin', static: false },
  ]);
});
