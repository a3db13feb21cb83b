/**
 * A program that starts no telemetry of its own, to be run with `spandrel/register`: `registered-program.ts <way>`.
 */
import { trace } from '@opentelemetry/api';
import { bootstrap, Counted, Traced } from 'spandrel';

class Mill {
  @Traced()
  @Counted('registered.grinds')
  grind(): boolean {
    return trace.getActiveSpan() !== undefined;
  }
}

const ways: Readonly<Record<string, () => void>> = {
  grinds: () => undefined,
  // What is refused by a bootstrap() that starts is not looked at by one that finds telemetry running.
  'starts again': () => console.log(bootstrap({ nonsense: 1 } as never).health().state),
};

ways[process.argv[2] ?? '']?.();
console.log(new Mill().grind());
