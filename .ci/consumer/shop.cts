/** Every annotation where it may stand, as a strict project of either dialect compiles it. */
import {
  annotate,
  bootstrap,
  Counted,
  call,
  Gauged,
  InFlight,
  isSpandrelFault,
  log,
  type Settings,
  type Telemetry,
  Timed,
  Traced,
  traced,
  Untraced,
} from 'spandrel';
import { Traced as TracedAlone } from 'spandrel/decorators';

@Traced({ attributes: { component: 'shop' } })
export class Shop {
  @Traced({ name: 'shop.buy', kind: 'internal', attributes: { item: call.arg(0), count: call.result('length') } })
  @Timed('shop.latency', { unit: 's', buckets: [0.1, 1], attributes: { item: call.arg(0) } })
  @Counted('shop.bought', { attributes: { outcome: call.outcome() } })
  async buy(item: string): Promise<string[]> {
    annotate({ 'shop.step': 1 });
    log.info('bought', { item });
    return [item];
  }

  @Gauged('shop.size')
  get size(): number {
    return 1;
  }

  @InFlight('shop.sessions')
  async session(): Promise<void> {}

  @Untraced()
  quiet(): void {}

  @TracedAlone()
  static open(): Shop {
    return new Shop();
  }
}

const settings: Settings = { service: 'shop' };
export const start = (): Telemetry => bootstrap(settings);
export const length: number = traced('next', (n: number) => n + 1)(1);
export const codeOf = (error: unknown): string => (isSpandrelFault(error) ? error.code : '');
