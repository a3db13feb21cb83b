/**
 * Does something with all parts of a pipeline at once: one that fails or hangs does not keep the others from finishing.
 */
import { messageOf, report } from '../faults/report.js';
import { nameOf } from './name-of.js';
import { unobserved } from './unobserved.js';

export async function allParts<P extends object>(parts: readonly P[], work: (part: P) => Promise<void>): Promise<void> {
  await Promise.all(
    parts.map(async (part) => {
      try {
        await unobserved(() => work(part));
      } catch (error) {
        const exporter = nameOf(part, 'exporter');
        report('SPANDREL_EXPORT_FAILED', exporter, { signal: 'telemetry', exporter, error: messageOf(error) });
      }
    }),
  );
}
