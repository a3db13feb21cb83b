/**
 * `accessor` fields: to an annotation each is a getter. Reads are told, writes are not, and the value stays where it is.
 */
import { Counted, call, Gauged, Timed, Traced } from 'spandrel';
import { recorded, span } from '../support/recorded-telemetry.js';
import { outside, snapshot } from '../support/snapshot.js';

afterEach(() => recorded.stop());

const tag = Symbol('tag');

const declare = () => {
  class Meter {
    @Traced({ attributes: { read: call.result(), unit: call.self('unit') } })
    @Counted('accessors.reads')
    @Timed('accessors.time')
    accessor level = 1;
    @Traced('meter.tag')
    accessor [tag] = 'tagged';
    @Traced()
    static accessor made = 0;
    unit = 'l';
  }
  return Meter;
};

test('reads are spans, writes are none, the value is kept, and the property is what it was', async () => {
  const Meter = declare();
  const early = new Meter();
  early.level = 2;
  Meter.made = 1;
  const written = snapshot(Meter);
  const seen = (): unknown[] => [
    outside(Meter.prototype, 'level'),
    outside(Meter.prototype, tag),
    outside(Meter, 'made'),
  ];
  const before = seen();

  recorded.start();
  expect(seen()).toEqual(before);
  expect(snapshot(Meter).keys).toEqual(written.keys);
  expect(Object.getOwnPropertyDescriptor(Meter.prototype, 'level')?.set).toBe(written.members.level?.set);
  expect(early.level).toBe(2);
  early.level = 3;
  expect([early.level, early[tag], Meter.made]).toEqual([3, 'tagged', 1]);
  expect(Object.keys(early)).toEqual(['unit']);
  expect(await recorded.trees()).toEqual([
    span('Meter.level', { attributes: { read: 2, unit: 'l' } }),
    span('Meter.level', { attributes: { read: 3, unit: 'l' } }),
    span('meter.tag', { at: 'Meter[tag]' }),
    span('Meter.made'),
  ]);
  expect(await recorded.points('accessors.reads')).toEqual([[{}, 2]]);
  expect(await recorded.points('accessors.time')).toEqual([[{}, 2]]);

  await recorded.stop();
  expect(snapshot(Meter)).toEqual(written);
  expect([early.level, early[tag], Meter.made]).toEqual([3, 'tagged', 1]);
  expect(await recorded.spans()).toHaveLength(4);
});

test('one of a class that appears later is told', async () => {
  recorded.start();
  const Meter = declare();
  expect([new Meter().level, Meter.made]).toEqual([1, 0]);
  expect(await recorded.trees()).toEqual([
    span('Meter.level', { attributes: { read: 1, unit: 'l' } }),
    span('Meter.made'),
  ]);
});

test('a gauge of one follows its value', async () => {
  class Tank {
    @Gauged('accessors.gauge')
    accessor level = 5;
    @Gauged('accessors.made')
    static accessor made = 1;
  }
  recorded.start();
  const tank = new Tank();
  expect(tank.level).toBe(5);
  tank.level = 6;
  Tank.made = 2;
  expect(await recorded.points('accessors.gauge')).toEqual([[{}, 6]]);
  expect(await recorded.points('accessors.made')).toEqual([[{}, 2]]);
});
