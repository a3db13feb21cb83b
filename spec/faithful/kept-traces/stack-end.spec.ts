/**
 * A traced recursion to the end of the stack: no trace waits for a span that there was no stack for, and what is kept is whole.
 */
import { Traced } from 'spandrel';
import { startKeeping } from '../../support/keeping-telemetry.js';
import { recorded } from '../../support/recorded-telemetry.js';
import { mill, quietly } from './mill.js';

class Well {
  @Traced('down')
  down(): number {
    return 1 + this.down();
  }

  @Traced('steps')
  steps(): number {
    void this.rest();
    return 1 + this.steps();
  }

  @Traced('rest')
  async rest(): Promise<void> {}
}

const well = new Well();
const recursions: readonly [what: string, recursion: () => unknown][] = [
  ['calls', () => well.down()],
  ['calls with promises', () => well.steps()],
];

/** The same from another depth: where the stack ends within a call of ours is a matter of chance. */
function from(depth: number, recursion: () => unknown): void {
  if (depth > 0) from(depth - 1, recursion);
  else quietly(recursion);
}

afterEach(() => recorded.stop());

test.each(recursions)('%s', async (_, recursion) => {
  const telemetry = startKeeping({}, { limits: { memoryBytes: 2 ** 30 } });
  for (let depth = 0; depth < 18; depth += 3) mill.run(() => from(depth, recursion));
  mill.run(() => mill.step());
  await new Promise(setImmediate);
  const { sampling, running } = telemetry.health();
  expect(sampling).toMatchObject({ buffered: 0, kept: { error: 6 } });
  expect(running).toMatchObject({ spans: 0 });
  const spans = await recorded.spans();
  const ids = new Set(spans.map((one) => one.spanContext().spanId));
  expect(spans.filter((one) => !ids.has(one.parentSpanContext?.spanId ?? '')).map(({ name }) => name)).toEqual(
    Array.from({ length: 6 }, () => 'run'),
  );
});
