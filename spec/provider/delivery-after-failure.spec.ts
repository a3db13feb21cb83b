/**
 * After a failed export the next batch waits for the next round, which keeps no process alive, as a request does that hangs.
 */
import { trace } from '@opentelemetry/api';
import type { ExportResult } from '@opentelemetry/core';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { bootstrap } from 'spandrel';

test('unless somebody waits', async () => {
  const batches: number[] = [];
  const exporter = {
    export(spans: ReadableSpan[], done: (result: ExportResult) => void): void {
      batches.push(spans.length);
      done(batches.length === 1 ? { code: 1, error: new Error('not now') } : { code: 0 });
    },
    shutdown: () => Promise.resolve(),
  };
  const telemetry = bootstrap({
    export: { protocol: 'none', spanExporters: [exporter] },
    batch: { size: 2, intervalMs: 2 ** 31 - 1 },
  });
  for (let one = 0; one < 6; one += 1) trace.getTracer('spec').startSpan('span').end();
  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  for (let turns = 0; turns < 1_000 && batches.length === 0; turns += 1) await turn();
  await turn();
  expect(batches).toEqual([2]);
  expect(telemetry.health().spans).toMatchObject([{ received: 6, failed: 2, waiting: 4 }]);
  await telemetry.flush();
  expect(batches).toEqual([2, 2, 2]);
  expect(telemetry.health().spans).toMatchObject([{ received: 6, delivered: 4, failed: 2, waiting: 0 }]);
  await telemetry.shutdown();
});
