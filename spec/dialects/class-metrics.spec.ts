/**
 * Metric annotations on a class, and beside what its methods say themselves.
 */
import { Counted, call, InFlight, Timed, Traced, Untraced } from 'spandrel';
import { recorded } from '../support/recorded-telemetry.js';

beforeEach(() => void recorded.start());
afterEach(() => recorded.stop());

test('metrics on a class tell its methods apart, and do not double what a method says', async () => {
  @Counted('classes.calls', { attributes: { layer: 'store' }, exclude: ['skipped'] })
  @Timed('classes.duration', { include: ['read'] })
  @InFlight('classes.running', { include: ['write'] })
  class Store {
    read(_key: string): void {}
    @Counted('classes.calls', { attributes: { key: call.arg(0) } })
    @Counted('classes.writes')
    write(_key: string): void {}
    skipped(): void {}
  }
  const store = new Store();
  store.read('a');
  store.read('b');
  store.write('c');
  store.skipped();
  expect(await recorded.points('classes.calls')).toEqual([
    [{ 'code.function.name': 'Store.read', layer: 'store' }, 2],
    [{ 'code.function.name': 'Store.write', key: 'c', layer: 'store' }, 1],
  ]);
  expect(await recorded.points('classes.writes')).toEqual([[{}, 1]]);
  expect(await recorded.points('classes.duration')).toEqual([[{ 'code.function.name': 'Store.read' }, 2]]);
  expect(await recorded.points('classes.running')).toEqual([[{ 'code.function.name': 'Store.write' }, 0]]);
  expect(await recorded.trees()).toEqual([]);
});

test('an untraced method keeps its metrics', async () => {
  @Traced()
  class Kept {
    @Untraced()
    @Counted('classes.untraced.calls')
    quiet(): void {}
  }
  new Kept().quiet();
  expect(await recorded.trees()).toEqual([]);
  expect(await recorded.points('classes.untraced.calls')).toEqual([[{}, 1]]);
});
