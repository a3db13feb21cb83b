/**
 * What resource detectors have not found out yet: queues and readers wait for it before they send or collect for the first
 * time. It ends by itself within `detectingMs`, or when a shutdown gives up.
 */
import type { Resource } from '@opentelemetry/resources';

export class Detection {
  #ended: Promise<void> | undefined;
  #isGivenUp = false;
  #letGo: () => void = () => undefined;

  constructor(resource: Resource) {
    if (resource.asyncAttributesPending !== true) return;
    const found = Promise.resolve(resource.waitForAsyncAttributes?.()).then(() => {
      this.#ended = undefined;
    });
    const letGo = new Promise<void>((resolve) => {
      this.#letGo = resolve;
    });
    this.#ended = Promise.race([found, letGo]);
  }

  /** Settles when the resource is complete or was given up on, and never rejects. `undefined` where it is complete. */
  get ended(): Promise<void> | undefined {
    return this.#ended;
  }

  /** Whether it was given up on before it was complete: then nothing is to be sent any more. */
  get isGivenUp(): boolean {
    return this.#isGivenUp;
  }

  /** Lets go those who wait. */
  giveUp(): void {
    this.#isGivenUp = this.#ended !== undefined;
    this.#letGo();
  }
}
