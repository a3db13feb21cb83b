/**
 * A program of its own: rejects in bare and in woven methods, handles some, and tells which rejections nobody handled.
 */
import { bootstrap, Traced } from 'spandrel';

class Rejecting {
  async bare(what: string): Promise<never> {
    await Promise.resolve();
    throw new Error(`bare ${what}`);
  }

  @Traced()
  async woven(what: string): Promise<never> {
    await Promise.resolve();
    throw new Error(`woven ${what}`);
  }

  @Traced()
  async *steps(): AsyncGenerator<number> {
    yield 1;
    throw new Error('woven step unhandled');
  }
}

const unhandled: string[] = [];
process.on('unhandledRejection', (reason) => unhandled.push((reason as Error).message));
const telemetry = bootstrap({ export: { protocol: 'none' } });

const rejecting = new Rejecting();
void rejecting.bare('unhandled');
void rejecting.woven('unhandled');
rejecting.bare('handled').catch(() => undefined);
rejecting.woven('handled').catch(() => undefined);
const steps = rejecting.steps();
await steps.next();
void steps.next();

await new Promise((resolve) => setTimeout(resolve, 20));
await telemetry.shutdown();
process.stdout.write(JSON.stringify(unhandled.sort()));
