// The program further down. It continues the trace that comes in the headers of a request.

import { setTimeout as pause } from 'node:timers/promises';
import { call, Traced } from 'spandrel';
import { type JsonRequest, serve } from './http-service.js';
import type { Order, Reservation } from './order.js';
import { startTelemetry } from './telemetry.js';

class SoldOut extends Error {
  override name = 'SoldOut';
}

class Warehouse {
  @Traced({ name: 'warehouse.reserve', kind: 'server', parent: call.arg(0, 'headers') })
  async reserve({ body }: JsonRequest): Promise<Reservation> {
    const order = body as Order;
    await this.find(order);
    try {
      this.pick(order);
      return { reserved: true };
    } catch (error) {
      if (error instanceof SoldOut) return { reserved: false };
      throw error;
    }
  }

  @Traced('warehouse.find')
  async find({ kind }: Order): Promise<void> {
    await pause(kind === 'slow' ? 1100 : 0);
  }

  @Traced('warehouse.pick')
  pick({ number, kind }: Order): void {
    if (kind === 'sold-out' || kind === 'substituted') throw new SoldOut(`nothing is left for order ${number}`);
  }
}

const telemetry = startTelemetry('warehouse');
const warehouse = new Warehouse();
serve('/reservations', telemetry, request => warehouse.reserve(request));
