/**
 * An accessor that somebody put in the place of an annotated method: what it hands out is told, once a call, and it is asked
 * as it would have been.
 */
import { Gauged, Traced } from 'spandrel';
import { recorded, span } from '../support/recorded-telemetry.js';
import { snapshot } from '../support/snapshot.js';

afterEach(() => recorded.stop());

const hand = (holder: object, key: string, get: (this: never, ...given: unknown[]) => unknown): void =>
  void Object.defineProperty(holder, key, { configurable: true, get });

const faultsOf = (className: string): unknown[] => recorded.faults().filter(({ where }) => where.startsWith(className));
const told = (className: string): string => recorded.warnings().find((one) => one.includes(` ${className}.`)) ?? '';

test('it is asked with nothing, given back, and looked through where a spy puts it back after its time', async () => {
  class Button {
    readonly label = 'ok';
    @Traced()
    click(): string {
      return this.label;
    }
  }
  new Button();
  const asked: number[] = [];
  const { click } = Button.prototype;
  hand(Button.prototype, 'click', function (this: Button, ...given) {
    asked.push(given.length);
    return click.bind(this);
  });
  const written = snapshot(Button);
  for (let round = 0; round < 2; round += 1) {
    recorded.start();
    const found = Object.getOwnPropertyDescriptor(Button.prototype, 'click') as PropertyDescriptor;
    Object.defineProperty(Button.prototype, 'click', { configurable: true, get: () => () => 'spied' });
    await recorded.stop();
    Object.defineProperty(Button.prototype, 'click', found);
  }
  recorded.start();
  expect(new Button().click()).toBe('ok');
  expect(await recorded.trees()).toEqual([span('Button.click')]);
  expect(faultsOf('Button')).toEqual([]);
  await recorded.stop();
  expect(snapshot(Button)).toEqual(written);
  expect(asked).toEqual([0]);
});

test('what is told already, as a method or as handed out, is told once; what is no function passes', async () => {
  class Sharing {
    @Traced()
    told(): string {
      return 'told';
    }
    @Traced()
    direct(): void {}
    @Traced()
    indirect(): void {}
    @Traced()
    nothing(): void {}
  }
  const sharing = new Sharing();
  const free = (): string => 'free';
  hand(Sharing.prototype, 'direct', () => free);
  hand(Sharing.prototype, 'indirect', function (this: Sharing) {
    return this.direct;
  });
  let given: unknown = 5;
  hand(Sharing.prototype, 'nothing', () => given);
  recorded.start();
  expect([sharing.indirect(), sharing.nothing]).toEqual(['free', 5]);
  given = sharing.told;
  expect(sharing.nothing()).toBe('told');
  expect(await recorded.trees()).toEqual([span('Sharing.direct'), span('Sharing.told')]);
  expect(faultsOf('Sharing')).toEqual([]);
});

test('asked of nothing, or of a value that is no object, it hands out what is told, too', async () => {
  class Free {
    @Traced()
    run(): void {}
  }
  new Free();
  hand(Free.prototype, 'run', () => () => 'ran');
  recorded.start();
  const { get } = Object.getOwnPropertyDescriptor(Free.prototype, 'run') as { get(): () => string };
  for (const self of [undefined, null, 'text']) expect(get.call(self)()).toBe('ran');
  expect(await recorded.trees()).toEqual([span('Free.run'), span('Free.run'), span('Free.run')]);
  expect(faultsOf('Free')).toEqual([]);
});

test('a static one that keeps what it hands out on the class is told from the first call on', async () => {
  class Factory {
    @Traced()
    static make(): string {
      return 'made';
    }
    plain(): void {}
  }
  const { make } = Factory;
  hand(Factory, 'make', function (this: object) {
    const value = make.bind(this as never);
    Object.defineProperty(this, 'make', { value, configurable: true, writable: true });
    return value;
  });
  recorded.start();
  expect([Factory.make(), Factory.make()]).toEqual(['made', 'made']);
  expect(await recorded.trees()).toEqual([span('Factory.make'), span('Factory.make')]);
  await recorded.stop();
  expect(Factory.make()).toBe('made');
  expect(await recorded.spans()).toHaveLength(2);
  recorded.start();
  expect(Factory.make()).toBe('made');
  expect(await recorded.trees()).toEqual([span('Factory.make')]);
});

test('where nothing is to be told of the calls, the very function is handed out', () => {
  class Sized {
    @Gauged('handed-out.size')
    read(): number {
      return 1;
    }
  }
  const read = (): number => 2;
  const sized = new Sized();
  hand(Sized.prototype, 'read', () => read);
  recorded.start();
  expect(sized.read).toBe(read);
});

test('what cannot be covered passes as it is, and is reported, as is an accessor that cannot be replaced', async () => {
  class Closed {
    @Traced()
    run(): void {}
  }
  class Fixed {
    @Traced()
    run(): void {}
  }
  const [closed, fixed] = [new Closed(), new Fixed()];
  const shut = new Proxy(() => 'ran', {
    ownKeys: () => {
      throw new RangeError('shut');
    },
  });
  hand(Closed.prototype, 'run', () => shut);
  hand(Fixed.prototype, 'run', () => () => 'fixed');
  Object.freeze(Fixed.prototype);
  recorded.start();
  expect(closed.run).toBe(shut);
  expect([closed.run(), fixed.run()]).toEqual(['ran', 'fixed']);
  expect(faultsOf('Closed')).toEqual([{ code: 'SPANDREL_NOT_WOVEN', where: 'Closed.run', count: 2 }]);
  expect(told('Closed')).toContain('the element could not be replaced: shut');
  expect(told('Fixed')).toContain('the element could not be replaced: the property can’t be changed');
  expect(await recorded.trees()).toEqual([]);
});
