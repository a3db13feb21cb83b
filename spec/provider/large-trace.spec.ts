/**
 * One failing trace that is larger than all the room there is: its last spans arrive, those above them among them, and none without
 * its parent.
 */
import { bootstrap, type SamplingSettings, Traced } from 'spandrel';
import { recorded } from '../support/recorded-telemetry.js';

class Mill {
  @Traced('run')
  run(work: () => void): void {
    work();
  }

  @Traced('step')
  step(): void {}

  @Traced('fail')
  fail(): never {
    throw new RangeError('no grain');
  }
}

afterEach(() => recorded.stop());

test.each<[SamplingSettings]>([[{}], [{ success: 0.1 }]])('with sampling %j', async (sampling) => {
  const mill = new Mill();
  const telemetry = recorded.start((given) => bootstrap({ ...given, sampling, batch: { buffer: 1_000 } }));
  mill.run(() => {
    expect(() => mill.fail()).toThrow('no grain');
    for (let time = 0; time < 20_000; time += 1) mill.step();
  });
  const spans = await recorded.spans();
  const ids = new Set(spans.map((one) => one.spanContext().spanId));
  const orphans = spans.filter(({ parentSpanContext: above }) => above !== undefined && !ids.has(above.spanId));
  expect(orphans).toEqual([]);
  expect(spans.filter(({ name }) => name === 'run')).toHaveLength(1);
  expect(spans.length).toBeGreaterThan(800);
  const { spans: deliveries, sampling: kept } = telemetry.health();
  const [{ received = 0, dropped = undefined } = {}] = deliveries;
  expect(received - (dropped?.bufferFull ?? 0)).toBe(spans.length);
  expect(received + (kept?.dropped.evicted ?? 0)).toBe(20_002);
});
