/**
 * Starts telemetry with each part that needs a package of the user's, and says what came of it.
 */
import { bootstrap, type Settings } from 'spandrel';

const asked: Readonly<Record<string, Settings>> = {
  host: { metrics: { host: true } },
  runtime: { metrics: { runtime: true } },
  container: { detectors: ['container'] },
  none: {},
};

async function main(): Promise<void> {
  const told: Record<string, string> = {};
  for (const [name, settings] of Object.entries(asked)) {
    try {
      const telemetry = bootstrap({ export: { protocol: 'none' }, ...settings });
      await telemetry.shutdown();
      told[name] = 'started';
    } catch (error) {
      told[name] = String(error);
    }
  }
  // Nothing is left that would keep the process from ending here.
  console.log(JSON.stringify(told));
}

void main();
