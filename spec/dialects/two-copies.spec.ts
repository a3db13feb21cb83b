/**
 * Two loaded copies of the package are one: annotations, words and handles of either do what they do in a process with one
 * copy, whichever of them was started.
 */
import * as here from 'spandrel';
import { anotherCopy } from '../support/another-copy.js';
import { failedSpan, recorded, span } from '../support/recorded-telemetry.js';

const there = anotherCopy();
const sharing = anotherCopy('ours');

test('they are copies', () => {
  expect(there.Traced).not.toBe(here.Traced);
  expect(sharing.Traced).not.toBe(here.Traced);
});

describe.each([
  ['the other copy annotates', here, there],
  ['the other copy annotates, on the same OpenTelemetry', here, sharing],
  ['the other copy is started', there, here],
])('%s', (_, { bootstrap }, { annotate, Counted, call, Gauged, InFlight, log, Timed, Traced, traced, Untraced }) => {
  class Early {
    @Traced({ attributes: { given: call.arg(0), size: call.result('length') } })
    @Counted('copies.early', { attributes: { given: call.arg(0) } })
    async run(given: string): Promise<string> {
      annotate({ inside: true });
      log.info('inside');
      return given;
    }
  }
  const plain = traced('plain', (given: number): number => {
    annotate({ given });
    return given;
  });

  beforeEach(() => void recorded.start(bootstrap));
  afterEach(() => recorded.stop());

  test('a class that was there before, and the words used inside its calls', async () => {
    expect(await new Early().run('abc')).toBe('abc');
    const attributes = { given: 'abc', size: 3, inside: true };
    expect(await recorded.trees()).toEqual([span('Early.run', { attributes })]);
    expect(await recorded.points('copies.early')).toEqual([[{ given: 'abc' }, 1]]);
    const [only] = await recorded.spans();
    const [line, ...more] = await recorded.logs();
    expect(line?.body).toBe('inside');
    expect(line?.spanContext?.spanId).toBe(only?.spanContext().spanId);
    expect(more).toEqual([]);
  });

  test('a plain function, wrapped before and while telemetry runs', async () => {
    const late = traced('late', () => plain(2));
    expect([plain(1), late()]).toEqual([1, 2]);
    const told = (given: number) => span('plain', { attributes: { given } });
    expect(await recorded.trees()).toEqual([told(1), span('late', {}, told(2))]);
  });

  test('a class that appears while telemetry runs, with every annotation', async () => {
    @Traced({ prefix: 'late' })
    class Late {
      @Counted('copies.late')
      @Timed('copies.late.time')
      @InFlight('copies.late.running')
      fail(): void {
        throw new RangeError('no');
      }
      @Gauged('copies.late.size', { combine: 'last' })
      get size(): number {
        return 7;
      }
      @Untraced()
      quiet(): void {}
      static make(): Late {
        return new Late();
      }
    }
    const made = Late.make();
    made.quiet();
    expect(() => made.fail()).toThrow(RangeError);
    expect(await recorded.trees()).toEqual([
      span('late.make', { at: 'Late.make' }),
      failedSpan('late.fail', { type: 'RangeError', message: 'no' }, { at: 'Late.fail' }),
    ]);
    const failed = { 'error.type': 'RangeError' };
    expect(await recorded.points('copies.late')).toEqual([[failed, 1]]);
    expect(await recorded.points('copies.late.time')).toEqual([[failed, 1]]);
    expect(await recorded.points('copies.late.running')).toEqual([[{}, 0]]);
    expect(await recorded.points('copies.late.size')).toEqual([[{}, 7]]);
  });

  test('a reading by the words of one copy is no call for the other', async () => {
    class Read {
      @Traced()
      get value(): number {
        return 1;
      }
      @Traced()
      run(): void {
        annotate({ value: { of: this.value }, getter: this });
        log.info('read', { getter: this });
      }
    }
    const toJSON = function (this: Read): number {
      return this.value;
    };
    Object.defineProperty(Read.prototype, 'toJSON', { value: toJSON });
    new Read().run();
    const attributes = { value: '{"of":1}', getter: '1' };
    expect(await recorded.trees()).toEqual([span('Read.run', { attributes }, span('Read.value'))]);
  });

  test('what goes wrong in either is told once, and shows in the one health', () => {
    const bad = Object.defineProperty({}, 'bad', { enumerable: true, get: () => missing() });
    class Failing {
      @Traced({ name: () => missing() })
      run(): void {
        for (const copy of [here, there]) copy.annotate(bad);
      }
    }
    new Failing().run();
    expect(recorded.faults()).toEqual([
      { code: 'SPANDREL_SOURCE_FAILED', where: '', count: 2 },
      { code: 'SPANDREL_OPTION_FAILED', where: 'Failing.run', count: 1 },
    ]);
    expect(recorded.warnings()).toHaveLength(2);
  });
});

function missing(): never {
  throw new Error('missing');
}
