// How much memory this process holds. Read at each collection, so there must be a live instance while telemetry is on.

import { Gauged } from 'spandrel';

export class MemoryUse {
  @Gauged('parseltongue.memory.usage', { unit: 'By', description: 'Memory of the process', attributes: { 'memory.type': 'resident' } })
  get resident(): number {
    return process.memoryUsage.rss();
  }

  @Gauged('parseltongue.memory.usage', { unit: 'By', description: 'Memory of the process', attributes: { 'memory.type': 'heap' } })
  get heap(): number {
    return process.memoryUsage().heapUsed;
  }
}
