/**
 * A generator that outlives the telemetry it was made under.
 */
import { Counted, Traced } from 'spandrel';
import { recorded, span } from '../support/recorded-telemetry.js';

beforeEach(() => void recorded.start());
afterEach(() => recorded.stop());

test('one that is first stepped after shutdown is told to nobody, and its calls have no parent in it', async () => {
  class Kept {
    @Traced()
    @Counted('kept.generators')
    *steps(): Generator<string> {
      yield this.inner();
    }
    @Traced()
    inner(): string {
      return 'value';
    }
  }
  const kept = new Kept();
  kept.inner();
  const steps = kept.steps();
  await recorded.stop();
  recorded.start();
  expect([...steps]).toEqual(['value']);
  expect(await recorded.trees()).toEqual([span('Kept.inner')]);
  expect(await recorded.points('kept.generators')).toEqual([]);
});
