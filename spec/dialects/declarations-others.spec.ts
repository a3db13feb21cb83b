/**
 * Decorators of others above and below ours: what they leave on a method is on the stand-in, what they put in its place is
 * what runs, and an annotated method looks the same before, while and after it is woven.
 */
import 'reflect-metadata';
import { Counted, Traced } from 'spandrel';
import { type AnyFunction, type OtherDecorator, otherDecorator, wrapping } from '../support/other-decorators.js';
import { recorded, span } from '../support/recorded-telemetry.js';
import { outside, snapshot } from '../support/snapshot.js';

afterEach(() => recorded.stop());

const role = Symbol('role');

const route = (path: string): OtherDecorator =>
  otherDecorator((method) => {
    Reflect.defineMetadata('path', path, method);
    Object.assign(method, { [role]: path, docs: path });
    return undefined;
  });

const renaming = (name: string, length: number): OtherDecorator =>
  otherDecorator((method) => {
    const made = function (this: unknown, ...args: unknown[]): unknown {
      return Reflect.apply(method, this, args);
    };
    Object.defineProperties(made, { name: { value: name }, length: { value: length } });
    Reflect.defineMetadata('renamed', name, made);
    return made as AnyFunction;
  });

const declare = (log: string[]) => {
  class Pages {
    @route('/above')
    @Traced()
    above(_page: number): string {
      return 'above';
    }
    @Traced()
    @route('/below')
    below(_page: number, _size: number): string {
      return 'below';
    }
    @renaming('renamed above', 7)
    @Traced()
    @Counted('others.counted')
    renamedAbove(): string {
      return 'renamed above';
    }
    @Traced()
    @renaming('renamed below', 5)
    renamedBelow(): string {
      return 'renamed below';
    }
    @wrapping(log, 'outer')
    @Traced()
    @wrapping(log, 'middle')
    @Counted('others.counted')
    @wrapping(log, 'inner')
    between(): string {
      return 'between';
    }
    @Traced()
    @wrapping(log, 'static')
    @route('/static')
    static make(): string {
      return 'made';
    }
  }
  return Pages;
};

const keys = ['above', 'below', 'renamedAbove', 'renamedBelow', 'between'] as const;
type Pages = ReturnType<typeof declare>;

const look = (Pages: Pages): unknown[] => [
  ...keys.map((key) => [outside(Pages.prototype, key), metadataOf(Pages.prototype[key])]),
  [outside(Pages, 'make'), metadataOf(Pages.make)],
];
const metadataOf = (method: object): unknown[] => ['path', 'renamed'].map((key) => Reflect.getMetadata(key, method));
const use = (Pages: Pages): string[] => {
  const pages = new Pages();
  return [...keys.map((key) => pages[key](1, 2)), Pages.make()];
};
const values = ['above', 'below', 'renamed above', 'renamed below', 'between', 'made'];
const wrapped = ['outer', 'middle', 'inner', 'static'];

test.each(['before', 'after'])('of a class that appears %s bootstrap()', async (when) => {
  const log: string[] = [];
  if (when === 'after') recorded.start();
  const Pages = declare(log);
  const [written, first] = [snapshot(Pages), look(Pages)];
  expect(first.map((one) => (one as [unknown, unknown[]])[1])).toEqual([
    ['/above', undefined],
    ['/below', undefined],
    [undefined, 'renamed above'],
    [undefined, 'renamed below'],
    [undefined, undefined],
    // The wrapper between has none of its own.
    [undefined, undefined],
  ]);
  if (when === 'before') {
    expect(use(Pages)).toEqual(values);
    expect(log.splice(0)).toEqual(wrapped);
    recorded.start();
  }
  new Pages();
  await Promise.resolve();
  expect(look(Pages)).toEqual(first);
  expect(use(Pages)).toEqual(values);
  expect(log.splice(0)).toEqual(wrapped);
  expect(await recorded.trees()).toEqual([...keys.map((key) => span(`Pages.${key}`)), span('Pages.make')]);
  expect(await recorded.points('others.counted')).toEqual([[{}, 2]]);
  await recorded.stop();
  expect(look(Pages)).toEqual(first);
  if (when === 'before') expect(snapshot(Pages)).toEqual(written);
  expect(use(Pages)).toEqual(values);
  expect(await recorded.spans()).toHaveLength(6);
});
