/**
 * The end of the process, as far as a program can hear of it: signals that stop it, and 'beforeExit'. What is waiting is sent
 * first; how the process ends, and with which code or signal, stays as it would be without us. `process.exit()`, an
 * uncaught error and SIGKILL wait for nobody.
 */
import { isMainThread } from 'node:worker_threads';
import { turnOver, within } from './deadline.js';
import type { StopSignal } from './settings/settings.js';

/** What is done at the end. Neither may reject. */
export interface Ending {
  flush(timeoutMs: number): Promise<void>;
  shutdown(timeoutMs: number): Promise<void>;
}

export class ProcessEnd {
  readonly #ending: Ending;
  readonly #timeoutMs: number;
  readonly #signals: readonly StopSignal[];
  /** What is left of the time for 'beforeExit', which may come several times. */
  #leftMs: number;
  #mostListeners = 0;
  /** The signal that is being waited on: the next one ends the process at once. */
  #dying = false;
  #heard = false;
  #over = false;

  constructor(signals: readonly StopSignal[], timeoutMs: number, ending: Ending) {
    this.#ending = ending;
    this.#timeoutMs = timeoutMs;
    this.#leftMs = timeoutMs;
    // A worker thread is not told of signals; 'beforeExit' it has of its own.
    this.#signals = isMainThread ? signals : [];
    this.#makeRoom();
    // First in the row: who listens once is gone from the list by the time the next is called.
    for (const signal of this.#signals) process.prependListener(signal, this.#onSignal);
    process.prependListener('beforeExit', this.#onBeforeExit);
  }

  /** Hears nothing any more. */
  stop(): void {
    // While it waits for the last export, the signal that began it is still answered by us.
    if (this.#over) return;
    this.#over = true;
    if (!this.#dying) for (const signal of this.#signals) process.removeListener(signal, this.#onSignal);
    process.removeListener('beforeExit', this.#onBeforeExit);
    if (this.#mostListeners > 0 && process.getMaxListeners() === this.#mostListeners)
      process.setMaxListeners(this.#mostListeners - 1);
  }

  /** The program may have as many listeners as before, without a warning of Node's. */
  #makeRoom(): void {
    const most = process.getMaxListeners();
    if (most <= 0 || !Number.isFinite(most)) return;
    this.#mostListeners = most + 1;
    process.setMaxListeners(this.#mostListeners);
  }

  readonly #onSignal = (signal: NodeJS.Signals): void => {
    const others = process.listenerCount(signal) - 1;
    if (this.#dying) this.#dieBy(signal);
    else if (others > heardByCounters(signal)) void this.#stepAside(signal);
    else void this.#stopAndDieBy(signal);
  };

  /** Nobody but us kept the signal from ending the process: it ends it once all is sent. */
  async #stopAndDieBy(signal: NodeJS.Signals): Promise<void> {
    this.#dying = true;
    await this.#ending.shutdown(this.#timeoutMs);
    // A warning of it being late is written after this turn.
    await turnOver();
    this.#dieBy(signal);
  }

  #dieBy(signal: NodeJS.Signals): void {
    for (const one of this.#signals) process.removeListener(one, this.#onSignal);
    process.kill(process.pid, signal);
  }

  /**
   * The program has its own answer, and works on for as long as it takes: what is there now is sent, no more. Others that
   * count the listeners, to learn whether they are to end the process, must not count us.
   */
  async #stepAside(signal: NodeJS.Signals): Promise<void> {
    process.removeListener(signal, this.#onSignal);
    await this.#ending.flush(this.#timeoutMs);
    if (!this.#over && !this.#dying) process.prependListener(signal, this.#onSignal);
  }

  readonly #onBeforeExit = (): void => {
    void this.#end();
  };

  /**
   * Others who hear of it may go on working. Where they are seen to, it is emitted again after it, and there is nothing to do
   * yet; where they are not, the first time we only send, which has it emitted again.
   */
  async #end(): Promise<void> {
    if (this.#dying) return;
    const alone = process.listenerCount('beforeExit') === 1;
    if (!alone && (await isMoreToDo())) return;
    // The program's own shutdown may have come in between.
    if (this.#over) return;
    const began = performance.now();
    if (!alone && !this.#heard) {
      this.#heard = true;
      await this.#ending.flush(this.#leftMs);
      this.#leftMs = Math.max(1, this.#leftMs - (performance.now() - began));
      return;
    }
    const stopping = this.#ending.shutdown(this.#leftMs);
    const inTime = await within(this.#leftMs, stopping);
    await stopping;
    if (inTime || !alone) return;
    // Without us the process would have ended long ago: an export that still hangs must not hold it.
    await turnOver();
    process.exit();
  }
}

/** Whether those who hear of 'beforeExit' after us begin something that keeps the process alive; as far as Node tells. */
async function isMoreToDo(): Promise<boolean> {
  const before = process.getActiveResourcesInfo().length;
  // All promises go on that can: what is awaited in a listener comes before what it begins. Nothing here keeps the process alive.
  await nextTick();
  await nextTick();
  return process.getActiveResourcesInfo().length > before;
}

const nextTick = (): Promise<void> => new Promise((resolve) => process.nextTick(resolve));

/**
 * How many of the listeners are those of the package signal-exit, which many programs for the command line have. They end
 * the process where they find nobody but themselves, so they are as good as none: it is they who hear the signal sent again.
 */
function heardByCounters(signal: NodeJS.Signals): number {
  const emitters = [
    (process as { __signal_exit_emitter__?: unknown }).__signal_exit_emitter__,
    (globalThis as { [counters]?: unknown })[counters],
  ] as ({ readonly count?: number } | undefined)[];
  const counted = emitters.reduce((sum, emitter) => sum + (Number(emitter?.count) || 0), 0);
  return Math.min(counted, process.listenerCount(signal) - 1);
}

const counters: unique symbol = Symbol.for('signal-exit emitter') as never;
