/**
 * What every toolchain is to compile: each annotation in each place that both dialects allow, on methods of all kinds. It is
 * not told which compiler, dialect or module system it is in.
 */
import { annotate, Counted, call, Gauged, InFlight, log, Timed, Traced, traced, Untraced } from 'spandrel';
// A library would take them from here: one and the same annotation.
import { Traced as TracedAlone } from 'spandrel/decorators';

const restock = Symbol('restock');

export class Refusal extends Error {
  override readonly name = 'Refusal';
}

@Traced({ attributes: { layer: 'store' }, exclude: ['secret'] })
export class Store {
  readonly #items: string[] = [];
  protected label = 'plain';

  constructor(items: readonly string[] = []) {
    this.#items.push(...items);
  }

  @Traced({ name: 'store.buy', kind: 'client', attributes: { item: call.arg(0), left: call.result('left') } })
  @Timed('store.buy.duration', { unit: 'ms', buckets: [1_000_000], attributes: { item: call.arg(0) } })
  @Counted('store.bought', { unit: '{item}', attributes: { outcome: call.outcome() } })
  async buy(item: string): Promise<{ left: number }> {
    await null;
    annotate({ 'store.label': this.label });
    log.info('buying', { item });
    await this.take(item);
    return { left: this.#items.length };
  }

  @InFlight('store.taking')
  private async take(item: string): Promise<void> {
    await null;
    const at = this.#items.indexOf(item);
    if (at < 0) throw new Refusal(`no ${item}`);
    this.#items.splice(at, 1);
  }

  @Traced({ name: (facts) => `store.find.${String(facts.args[0])}`, expected: Refusal })
  find(item: string): string {
    if (!this.#items.includes(item)) throw new Refusal('not found');
    return item;
  }

  *each(): Generator<string, number> {
    for (const item of this.#items) yield this.shown(item);
    return this.#items.length;
  }

  async *slowly(): AsyncGenerator<string, void> {
    for (const item of this.#items) {
      await null;
      yield item;
    }
  }

  [restock](item: string): void {
    this.#items.push(item);
  }

  more(item: string): void {
    this[restock](item);
  }

  shown(item: string): string {
    return `<${item}>`;
  }

  @Untraced()
  @Counted('store.quiet', { amount: call.arg(0) })
  quiet(amount: number): number {
    return amount;
  }

  secret(): void {}

  @Gauged('store.items', { description: 'What is there.' })
  get size(): number {
    return this.#items.length;
  }

  @Traced('store.open')
  static open(...items: string[]): Store {
    return items.length === 0 ? new Store() : new BookStore(items);
  }
}

export class BookStore extends Store {
  protected override label = 'books';

  @TracedAlone({ attributes: { isbn: call.arg(0).map((item: string) => item.length) } })
  override shown(item: string): string {
    return `book ${super.shown(item)}`;
  }

  @Traced({ parent: 'root', attributes: { message: call.error('message') } })
  burn(): never {
    return failing(this.label);
  }
}

const failing = traced({ name: 'failing', attributes: { why: call.arg(0) } }, (why: string): never => {
  throw new TypeError(`no ${why} may burn`);
});
