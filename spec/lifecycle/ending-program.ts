/**
 * Programs that end in one way each, with telemetry or without: `ending-program.ts <way> <endpoint | bare>`. A line of output
 * says that it may be ended now.
 */
import { onExit } from 'signal-exit';
import { bootstrap, Counted, Traced } from 'spandrel';

const [, , way = '', endpoint = 'bare', shutdown = '{}'] = process.argv;

class Mill {
  @Traced()
  @Counted('ending.grinds')
  grind(): string {
    return 'flour';
  }

  @Traced()
  async clean(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

if (way === 'work of a listener that was there before') process.once('beforeExit', () => void mill.clean());
if (endpoint !== 'bare') bootstrap({ export: { endpoint }, shutdown: JSON.parse(shutdown) as object });

const mill = new Mill();
mill.grind();

/** Until something ends it. */
const run = (): void => {
  setInterval(() => undefined, 1000);
  console.log('ready');
};

const ways: Readonly<Record<string, () => void>> = {
  'nothing more to do': () => (process.exitCode = 3),
  'a signal': run,
  'a signal that the program answers': () => {
    process.on('SIGTERM', async () => {
      mill.grind();
      await mill.clean();
      console.log('cleaned');
      process.exitCode = 7;
      clearInterval(timer);
    });
    const timer = setInterval(() => undefined, 1000);
    console.log('ready');
  },
  'a signal that the program answers once': () => {
    process.once('SIGINT', () => setTimeout(() => process.exit(9), 300));
    run();
  },
  'a signal that it lets pass': () => {
    process.on('SIGTERM', () => console.log('passed'));
    run();
  },
  'a package that counts listeners': () => {
    onExit((code, signal) => console.log(`${code} ${signal}`));
    run();
  },
  'work before the exit': () => {
    process.once('beforeExit', async () => {
      mill.grind();
      await mill.clean();
      process.exitCode = 5;
    });
  },
  'work before the exit, again and again': () => {
    let rounds = 0;
    process.on('beforeExit', async () => {
      await undefined;
      if (rounds === 4) return;
      rounds += 1;
      await mill.clean();
      process.exitCode = rounds;
    });
  },
  'an error that nobody catches': () => {
    setImmediate(() => {
      throw new Error('broken mill');
    });
  },
  'a rejection that nobody handles': () => void Promise.reject(new Error('broken promise')),
  'its own exit': () => process.exit(4),
  'many listeners of its own': () => {
    for (let one = 0; one < 10; one += 1) {
      process.on('SIGTERM', () => undefined);
      process.on('beforeExit', () => undefined);
    }
  },
};

ways[way]?.();
