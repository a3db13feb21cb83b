/**
 * A class with a poor name that is woven anew, as an annotation by hand has it: it is told of once all the same.
 */
import { Traced } from 'spandrel';
import { anywhere } from '../../support/declaration-mistake.js';
import { namesTold, startedWith } from '../../support/names-told.js';
import { recorded, span } from '../../support/recorded-telemetry.js';

afterEach(() => recorded.stop());

test('a minified class that gets another annotation later', async () => {
  const before = await startedWith();
  class t {
    @Traced()
    first(): void {}
    second(): void {}
  }
  await Promise.resolve();
  new t().first();
  const written = Object.getOwnPropertyDescriptor(t.prototype, 'second') as PropertyDescriptor;
  const given = anywhere(Traced())(t.prototype, 'second', written) as PropertyDescriptor | undefined;
  Object.defineProperty(t.prototype, 'second', given ?? written);
  await Promise.resolve();
  new t().second();
  expect(await recorded.trees()).toEqual([span('t.first'), span('t.second')]);
  expect(namesTold(before)).toEqual(['SPANDREL_MINIFIED_NAME t']);
});
