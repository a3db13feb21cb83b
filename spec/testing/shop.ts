/**
 * A small annotated program, for the specs of what messages tell.
 */
import { Counted, call, log, Timed, Traced } from 'spandrel';

export class Shop {
  @Traced({ name: 'order', kind: 'server', attributes: { 'order.id': call.arg(0) } })
  @Counted('orders', { attributes: { kind: call.arg(1) } })
  @Timed('order.time', { unit: 's', buckets: [0.005, 0.1] })
  order(id: number, kind: string): void {
    this.reserve(id);
    this.pay(kind);
  }

  @Traced('reserve')
  reserve(id: number): void {
    log.info('reserved', { id });
  }

  @Traced('pay')
  pay(kind: string): void {
    if (kind === 'gift') throw new TypeError('gifts are free');
  }
}
