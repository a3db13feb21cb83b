/**
 * The sample `samples/two-tier` as it runs: two programs that call each other, two Collectors that decide, and a receiver that has what
 * they keep; and what its orders look like from the other side, worked out from the orders alone.
 */
import type { Health } from 'spandrel/provider';
import { Shards } from '../../../lib/provider/delivery/shards.js';
import { foldedId } from '../../../lib/recorder/folded-id.js';
import type { Order, OrderKind } from '../../../samples/two-tier/order.js';
import { CountingReceiver, type SpanTree } from './counting-receiver.js';
import { StartedProgram } from './started-program.js';
import { TailSamplingCollector } from './tail-sampling-collector.js';

/** An order that was served, and the trace that the storefront told of. */
export interface Served extends Order {
  readonly traceId: string;
  /** Which of the Collectors has it. */
  readonly shard: number;
}

const decided = 'otelcol_processor_tail_sampling_global_count_traces_sampled';

export class TwoTiers {
  readonly receiver: CountingReceiver;
  readonly collectors: readonly TailSamplingCollector[];
  readonly #warehouse: Program;
  readonly #storefront: Program;

  private constructor(receiver: CountingReceiver, collectors: readonly TailSamplingCollector[], programs: Program[]) {
    this.receiver = receiver;
    this.collectors = collectors;
    [this.#warehouse, this.#storefront] = programs as [Program, Program];
  }

  static async start(decisionWait: string): Promise<TwoTiers> {
    const receiver = await CountingReceiver.start();
    const to = receiver.endpoint;
    const collectors = await Promise.all([0, 1].map(() => TailSamplingCollector.start({ to, decisionWait })));
    const addresses = collectors.map(({ http }) => http);
    const telling = { OTEL_EXPORTER_OTLP_TIMEOUT: '1500', OTEL_BSP_SCHEDULE_DELAY: '200' };
    const warehouse = await startProgram('warehouse', { COLLECTORS: addresses.join(), ...telling });
    // The list in another order: it must not matter.
    const COLLECTORS = addresses.toReversed().join();
    const storefront = await startProgram('storefront', { COLLECTORS, WAREHOUSE: warehouse.address, ...telling });
    return new TwoTiers(receiver, collectors, [warehouse, storefront]);
  }

  /** Has the orders served, twenty at a time. */
  async serve(orders: readonly Order[]): Promise<Served[]> {
    const shards = new Shards(this.collectors.map(({ http }) => http));
    const served: Served[] = [];
    const left = orders.values();
    const clerk = async (): Promise<void> => {
      for (const order of left) {
        const answer = await fetch(`${this.#storefront.address}/orders`, {
          method: 'POST',
          body: JSON.stringify(order),
        });
        const { traceId } = (await answer.json()) as { traceId: string };
        const address = shards.addresses[shards.of(foldedId(traceId))];
        served.push({ ...order, traceId, shard: this.collectors.findIndex(({ http }) => http === address) });
      }
    };
    await Promise.all(Array.from({ length: 20 }, clerk));
    return served;
  }

  /** What each program says of itself, once it has sent what it had. */
  async healths(): Promise<Record<'storefront' | 'warehouse', Health>> {
    const healthOf = async ({ address }: Program): Promise<Health> =>
      (await (await fetch(`${address}/health`)).json()) as Health;
    return { storefront: await healthOf(this.#storefront), warehouse: await healthOf(this.#warehouse) };
  }

  /** Resolves when a Collector has decided about so many traces since it started and what it keeps of them has arrived, within 15 s. */
  async decided(collector: TailSamplingCollector, traces: number): Promise<void> {
    const end = Date.now() + 15_000;
    for (;;) {
      const [all, kept, sent] = await Promise.all([
        collector.own(decided),
        collector.own(decided, 'sampled="true"'),
        collector.own('otelcol_exporter_queue_batch_send_size_count'),
      ]);
      const waiting = await collector.own('otelcol_exporter_in_flight_requests', 'data_type="traces"');
      if (all === traces && kept === sent && waiting === 0) return;
      const seen = JSON.stringify({ all, kept, sent, waiting, traces });
      if (Date.now() > end) throw new Error(`not decided about all traces: ${seen}\n${collector.log}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  async stop(): Promise<void> {
    await Promise.all([this.#storefront, this.#warehouse].map(({ program }) => program.end()));
    await Promise.all(this.collectors.map((collector) => collector.stop()));
    await this.receiver.stop();
  }
}

interface Program {
  readonly program: StartedProgram;
  readonly address: string;
}

async function startProgram(name: string, env: Readonly<Record<string, string>>): Promise<Program> {
  const file = `samples/two-tier/${name}.ts`;
  const ready = /listening at (\S+)/;
  const program = await StartedProgram.start(process.execPath, ['--import', 'tsx', file], ready, env);
  return { program, address: ready.exec(program.log)?.[1] ?? '' };
}

/** Of a hundred orders a dozen fail, each in one of the three ways; a few take their time. */
export function ordersFrom(from: number, count: number): Order[] {
  return Array.from({ length: count }, (_, at) => ({ number: from + at, kind: kindOf(from + at) }));
}

function kindOf(number: number): OrderKind {
  if (number % 200 === 60) return 'slow';
  return ({ 3: 'unpaid', 11: 'sold-out', 19: 'substituted' } as const)[number % 25] ?? 'fine';
}

/** A span by its name, with those beneath it; failed where it says so. */
type Shape = readonly [name: string, failed: boolean, ...children: Shape[]];

/** The whole trace of an order, over both programs. */
export function shapeOf(kind: OrderKind): Shape {
  const isOut = kind === 'sold-out' || kind === 'substituted';
  const reserved: Shape = ['warehouse.reserve', false, ['warehouse.find', false], ['warehouse.pick', isOut]];
  const taken: Shape[] = kind === 'sold-out' ? [] : [['storefront.take', kind === 'unpaid']];
  const sold = kind === 'unpaid' || kind === 'sold-out';
  return ['storefront.order', false, ['storefront.sell', sold, ['storefront.reserve', false, reserved], ...taken]];
}

export function shapeIn({ name, failed, children }: SpanTree): Shape {
  return [name, failed, ...children.map(shapeIn)];
}

/** How many spans of it each program makes. */
export function spansOf(kind: OrderKind): Record<'storefront' | 'warehouse', number> {
  return { storefront: kind === 'sold-out' ? 3 : 4, warehouse: 3 };
}
