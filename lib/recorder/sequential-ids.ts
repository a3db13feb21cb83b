/**
 * Ids that count: the first span is 1, the next is 2, so that two runs have the same and a reader can tell them apart. For
 * tests; where a share of traces is taken by their ids, it is taken by what these are.
 */
import { SpanIds } from './span-ids.js';

export class SequentialIds extends SpanIds {
  constructor() {
    super(new Uint32Array(6));
  }

  override spanId(ordinal: number): string {
    return ordinal.toString(16).padStart(16, '0');
  }

  override traceId(ordinal: number): string {
    return ordinal.toString(16).padStart(32, '0');
  }

  override randomPart(ordinal: number): number {
    return Math.floor(ordinal / 2 ** 32) & 0xffffff;
  }

  override randomRest(ordinal: number): number {
    return ordinal >>> 0;
  }

  override folded(ordinal: number): number {
    return (ordinal ^ Math.floor(ordinal / 2 ** 32)) >>> 0;
  }
}
