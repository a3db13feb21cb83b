/**
 * Where a telemetry can be scraped: it listens a moment after `bootstrap()`, which waits for nothing.
 */
import type { Telemetry } from 'spandrel';

/** `http://host:port/metrics`, within 5 s. */
export async function scrapedAt(telemetry: Telemetry): Promise<string> {
  const end = Date.now() + 5000;
  for (;;) {
    const count = telemetry.health().metrics.find(({ exporter }) => exporter === 'prometheus');
    if (count?.address !== undefined) return count.address;
    if (Date.now() > end) throw new Error(`nothing listens: ${JSON.stringify(telemetry.health())}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}
