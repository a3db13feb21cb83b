/**
 * What is at rest is ended in the order in which it came to rest, whatever was used and dropped in between; and never more of
 * it is kept than is said.
 */
import fc from 'fast-check';
import { type Abandonable, Lasting, type Resting } from '../../lib/weaving/lasting.js';

class Thing implements Abandonable {
  resting: Resting | undefined;
  readonly #ended: Thing[];

  constructor(ended: Thing[]) {
    this.#ended = ended;
  }

  abandon(): void {
    this.#ended.push(this);
  }
}

test('in the order they came to rest, without those in use', () => {
  const moves = fc.array(fc.record({ which: fc.nat(5), rests: fc.boolean() }), { maxLength: 60 });
  fc.assert(
    fc.property(moves, (all) => {
      const ended: Thing[] = [];
      const things = Array.from({ length: 6 }, () => new Thing(ended));
      const lasting = new Lasting(60_000);
      let expected: Thing[] = [];
      for (const { which, rests } of all) {
        const thing = things[which] as Thing;
        expected = expected.filter((other) => other !== thing);
        if (rests) {
          expected.push(thing);
          lasting.rest(thing);
        } else lasting.stir(thing);
      }
      lasting.endAll();
      expect(ended.map((thing) => things.indexOf(thing))).toEqual(expected.map((thing) => things.indexOf(thing)));
    }),
  );
});

test('of ten thousand that may rest, those in use are none', () => {
  const ended: Thing[] = [];
  const lasting = new Lasting(60_000);
  const things = Array.from({ length: 10_000 }, () => new Thing(ended));
  for (const thing of things) lasting.rest(thing);
  for (const thing of things.slice(0, 5)) lasting.stir(thing);
  for (let i = 0; i < 5; i += 1) lasting.rest(new Thing(ended));
  expect(ended).toEqual([]);
  lasting.rest(things[0] as Thing);
  expect(ended).toEqual([things[5]]);
  lasting.endAll();
});
