/**
 * What traces that were let go leave behind: nothing, however many there were.
 */
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { CrowdedSpans, cost } from '../../../lib/provider/delivery/crowded-spans.js';
import { collectGarbage } from '../../support/collect-garbage.js';
import { endedTrace } from '../../support/ended-traces.js';

test('traces that were let go are no longer held', async () => {
  const crowd = new CrowdedSpans();
  const gone: WeakRef<ReadableSpan>[] = [];
  for (let turn = 0; turn < 1_000; turn += 1) {
    const [span] = endedTrace({ make: 'woven', spans: 1, failing: undefined, text: 0 });
    crowd.add(span as ReadableSpan, `${turn}`, 1, turn, false);
    if (turn >= 10) gone.push(...(crowd.letGo(cost.failed)?.spans ?? []).map((one) => new WeakRef(one)));
  }
  expect(gone).toHaveLength(990);
  await collectGarbage();
  // The last may be on the stack still.
  expect(gone.filter((one) => one.deref() !== undefined).length).toBeLessThan(10);
  expect(crowd.size).toBe(10);
});
