/**
 * A program whose backend refuses everything, or not: `diagnostics-program.ts <endpoint> <none | own>`: with a diag logger of its own, or none.
 */
import { DiagLogLevel, diag } from '@opentelemetry/api';
import { bootstrap, Traced } from 'spandrel';

class Mill {
  @Traced({
    attributes: {
      grain: () => {
        if (process.argv[4] === 'broken') throw new Error('no grain');
        return 'rye';
      },
    },
  })
  grind(): void {}
}

const told = (level: string) => (message: string) => {
  if (message.startsWith('SPANDREL')) console.log(`${level} ${message.split(':')[0]}`);
};
const logger = {
  error: told('error'),
  warn: told('warn'),
  info: told('info'),
  debug: told('debug'),
  verbose: told('verbose'),
};
if (process.argv[3] === 'own') diag.setLogger(logger, DiagLogLevel.ALL);

const telemetry = bootstrap({ export: { endpoint: process.argv[2], protocol: 'http/json' } });
new Mill().grind();
await telemetry.shutdown();
