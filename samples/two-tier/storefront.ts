// The program that traces begin in. It calls the warehouse over HTTP and hands its trace on in the headers (W3C trace context).

import { context, propagation, trace } from '@opentelemetry/api';
import { call, Traced } from 'spandrel';
import { serve } from './http-service.js';
import type { Order, Reservation } from './order.js';
import { startTelemetry } from './telemetry.js';

const WAREHOUSE = process.env.WAREHOUSE ?? 'http://127.0.0.1:8082';

class Storefront {
  /** Tells the trace's id, as a page that shows an error would. */
  @Traced({ name: 'storefront.order', kind: 'server', attributes: { 'order.number': call.arg(0, 'number') } })
  async order(order: Order): Promise<{ traceId: string | undefined; outcome: string }> {
    const traceId = trace.getActiveSpan()?.spanContext().traceId;
    const outcome = await this.sell(order).catch((error: unknown) => String(error));
    return { traceId, outcome };
  }

  @Traced('storefront.sell')
  async sell(order: Order): Promise<string> {
    const { reserved } = await this.reserve(order);
    if (!reserved && order.kind !== 'substituted') throw new Error('sold out');
    this.take(order);
    return reserved ? 'sold' : 'sold something else';
  }

  @Traced({ name: 'storefront.reserve', kind: 'client' })
  async reserve(order: Order): Promise<Reservation> {
    const headers: Record<string, string> = { 'content-type': 'application/json' };
    propagation.inject(context.active(), headers);
    const response = await fetch(`${WAREHOUSE}/reservations`, { method: 'POST', headers, body: JSON.stringify(order) });
    return (await response.json()) as Reservation;
  }

  @Traced('storefront.take')
  take({ kind }: Order): void {
    if (kind === 'unpaid') throw new Error('the card was refused');
  }
}

const telemetry = startTelemetry('storefront');
const storefront = new Storefront();
serve('/orders', telemetry, ({ body }) => storefront.order(body as Order));
