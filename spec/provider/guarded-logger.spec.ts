/**
 * A logger of `diag` that throws, which hears of everything the API and the SDK do, keeps telemetry neither from starting nor from
 * stopping, and is afterwards as it was.
 */
import { DiagLogLevel, diag, trace } from '@opentelemetry/api';
import { bootstrap, Traced } from 'spandrel';
import { KeepingExporter } from '../support/keeping-exporter.js';

class Mill {
  @Traced()
  grind(): string {
    return 'flour';
  }
}

test.each(['throws', 'rejects'])('one that %s', async (how) => {
  let heard = 0;
  const fail = (): Promise<void> | undefined => {
    heard += 1;
    if (heard === 1) return undefined;
    if (how === 'rejects') return Promise.reject(new Error('no pen'));
    throw new Error('no paper');
  };
  const logger = { error: fail, warn: fail, info: fail, debug: fail, verbose: fail };
  diag.setLogger(logger, { logLevel: DiagLogLevel.ALL, suppressOverrideMessage: true });
  const exporter = new KeepingExporter();
  for (const round of [1, 2]) {
    const telemetry = bootstrap({ export: { protocol: 'none', spanExporters: [exporter] } });
    expect(new Mill().grind()).toBe('flour');
    await telemetry.shutdown();
    expect(exporter.getFinishedSpans()).toHaveLength(round);
    expect(trace.getTracer('hand').startSpan('s').isRecording()).toBe(false);
  }
  expect(heard).toBeGreaterThan(5);
  if (how === 'throws') expect(() => diag.info('x')).toThrow('no paper');
  heard = 0;
  diag.disable();
});
