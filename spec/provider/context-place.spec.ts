/**
 * Where the context manager keeps the active Context: what is looked at before it is used, and what becomes of the calls of a
 * program where it is not as expected, or changes while telemetry runs.
 */
import { AsyncLocalStorage, executionAsyncResource } from 'node:async_hooks';
import { type Context, context, createContextKey, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { Traced } from 'spandrel';
import { contextPlace, placesOfApi } from '../../lib/provider/context-place.js';
import { Surroundings } from '../../lib/recorder/surroundings.js';
import { recorded, span } from '../support/recorded-telemetry.js';

const key = createContextKey('spec.place');
const own = ROOT_CONTEXT.setValue(key, 'own');
const isKept = 'kResourceStore' in new AsyncLocalStorage();

/** A manager of the API whose storage was tampered with. */
function managerWith(change: (storage: AsyncLocalStorage<Context>) => unknown): AsyncLocalStorageContextManager {
  const manager = new AsyncLocalStorageContextManager().enable();
  const { _asyncLocalStorage: storage } = manager as unknown as { _asyncLocalStorage: AsyncLocalStorage<Context> };
  const given = change(storage);
  if (given !== storage) Object.assign(manager, { _asyncLocalStorage: given });
  context.setGlobalContextManager(manager);
  return manager;
}

describe('a manager', () => {
  afterEach(() => context.disable());

  /** Runs in a Context, one in another and out again; what was active each time. */
  const played = (surroundings: Surroundings): unknown[] => {
    const seen: unknown[] = [];
    const look = (): void => {
      seen.push(surroundings.active().getValue(key), context.active().getValue(key));
    };
    const inner = { run: () => context.with(own.setValue(key, 'api'), look) };
    surroundings.run(own, {
      run() {
        look();
        surroundings.run(own.setValue(key, 'deeper'), inner);
        look();
      },
    });
    look();
    return seen;
  };
  const expected = ['own', 'own', 'api', 'api', 'own', 'own', undefined, undefined];

  test('as it comes', () => {
    const place = contextPlace(managerWith((storage) => storage));
    expect(place?.holds()).toBe(true);
    expect(place?.kept !== undefined).toBe(isKept);
    expect(played(new Surroundings(place))).toEqual(expected);
  });

  test.each<[string, (storage: AsyncLocalStorage<Context>) => unknown]>([
    ['that names no property', (storage) => Object.assign(storage, { kResourceStore: undefined })],
    ['whose property is no symbol', (storage) => Object.assign(storage, { kResourceStore: 'text' })],
    ['that gives something else than was put there', (storage) => Object.assign(storage, { getStore: () => own })],
    ['that is never in use', (storage) => Object.defineProperty(storage, 'enabled', { get: () => false, set() {} })],
  ])('with a storage %s: it is only used by its own `run`', (_, change) => {
    const property = (new AsyncLocalStorage() as { kResourceStore?: symbol }).kResourceStore;
    const resource = executionAsyncResource();
    const before = Reflect.ownKeys(resource).map((name) => Reflect.get(resource, name));
    const place = contextPlace(managerWith(change));
    expect(place?.kept).toBeUndefined();
    expect(place?.holds()).toBe(true);
    // Whatever was tried is not there any more.
    const values = Reflect.ownKeys(resource).map((name) => Reflect.get(resource, name));
    expect(values.filter((value) => value !== undefined)).toEqual(before.filter((value) => value !== undefined));
    expect(typeof property).toBe(isKept ? 'symbol' : 'undefined');
  });

  test('with a storage that names no property is right all the same', () => {
    const place = contextPlace(managerWith((storage) => storage));
    expect(played(new Surroundings(place && { ...place, kept: undefined }))).toEqual(expected);
  });

  test.each<[string, unknown]>([
    ['none', undefined],
    ['one of somebody’s own', { run: () => undefined, getStore: () => own }],
  ])('with no storage of Node’s, but %s: the API is asked', (_, storage) => {
    const manager = new AsyncLocalStorageContextManager().enable();
    context.setGlobalContextManager(manager);
    const place = contextPlace({ _asyncLocalStorage: storage } as never);
    expect(place).toBeUndefined();
    expect(played(new Surroundings(place))).toEqual(expected);
  });

  test('where it is asked within a Context, that one stays', () => {
    const manager = managerWith((storage) => storage);
    context.with(own, () => {
      expect(contextPlace(manager)?.holds()).toBe(true);
      expect(context.active()).toBe(own);
    });
    expect(context.active()).toBe(ROOT_CONTEXT);
  });

  test('whose storage is disabled is used again by `run`, as the API does', () => {
    const manager = managerWith((storage) => storage);
    const surroundings = new Surroundings(contextPlace(manager));
    surroundings.run(own, {
      run() {
        manager.disable();
        expect(surroundings.active()).toBe(ROOT_CONTEXT);
        expect(context.active()).toBe(ROOT_CONTEXT);
      },
    });
    expect(played(surroundings)).toEqual(expected);
    expect(played(surroundings)).toEqual(expected);
  });
});

describe('while telemetry runs', () => {
  class Mill {
    @Traced()
    run<T>(work: () => T): T {
      return work();
    }
  }
  const mill = new Mill();

  beforeEach(() => void recorded.start());
  afterEach(() => recorded.stop());

  test('a manager that is disabled inside a call, and in use again after', async () => {
    const manager = placesOfApi()?.['context'] as AsyncLocalStorageContextManager;
    mill.run(() => {
      manager.disable();
      expect(trace.getActiveSpan()).toBeUndefined();
      mill.run(() => mill.run(() => undefined));
    });
    mill.run(() => mill.run(() => undefined));
    const two = span('Mill.run', {}, span('Mill.run'));
    expect(await recorded.trees()).toEqual([span('Mill.run'), two, two]);
  });

  test('another manager inside a call: both come to their end', async () => {
    const ours = placesOfApi()?.['context'] as AsyncLocalStorageContextManager;
    const another = new AsyncLocalStorageContextManager().enable();
    mill.run(() => {
      context.disable();
      context.setGlobalContextManager(another);
      mill.run(() => mill.run(() => expect(another.active()).not.toBe(ROOT_CONTEXT)));
      expect(another.active()).toBe(ROOT_CONTEXT);
    });
    expect(ours.active()).toBe(ROOT_CONTEXT);
    expect(await recorded.trees()).toEqual([span('Mill.run'), span('Mill.run', {}, span('Mill.run'))]);
    context.disable();
  });

  test('none at all: each call is for itself', async () => {
    context.disable();
    expect(mill.run(() => mill.run(() => 'given'))).toBe('given');
    expect((await recorded.trees()).map(({ children }) => children)).toEqual([[], []]);
  });
});
