/**
 * An annotated program, to be tested by runners other than ours.
 */
import { Counted, call, log, Traced } from 'spandrel';

export class Checkout {
  @Traced({ name: 'checkout', kind: 'server' })
  @Counted('checkouts', { attributes: { kind: call.arg(0) } })
  async place(kind: string): Promise<void> {
    await this.pay(kind);
    log.info('placed', { kind });
  }

  @Traced({ name: 'pay', attributes: { kind: call.arg(0) } })
  async pay(_kind: string): Promise<void> {}
}
