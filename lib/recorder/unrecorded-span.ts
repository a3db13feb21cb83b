/**
 * The span of a call that is not recorded: nothing is held of it, but it has ids, so that what is below it, here or in
 * another service, belongs to the same trace and follows the same decision.
 */
import type { Context, Span } from '@opentelemetry/api';
import { inheriting } from './inheriting.js';
import type { LocalTrace } from './local-trace.js';
import type { Recording } from './recorder.js';
import type { Surroundings, Work } from './surroundings.js';
import { WovenContext } from './woven-context.js';

/** What is declared here, `inheriting` and the constructor see to. */
export interface UnrecordedSpan extends WovenContext {}

// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: see the interface
export class UnrecordedSpan implements Span, Recording {
  declare readonly base: Context;
  declare readonly trace: LocalTrace;
  declare readonly ordinal: number;
  declare private readonly surroundings: Surroundings;

  constructor(base: Context, trace: LocalTrace, ordinal: number, surroundings: Surroundings) {
    this.base = base;
    this.trace = trace;
    this.ordinal = ordinal;
    this.asked = undefined;
    this.surroundings = surroundings;
  }

  activate(work: Work): void {
    this.surroundings.run(this, work);
  }

  isRecording(): boolean {
    return false;
  }

  setAttribute(): this {
    return this;
  }

  setAttributes(): this {
    return this;
  }

  addEvent(): this {
    return this;
  }

  addLink(): this {
    return this;
  }

  addLinks(): this {
    return this;
  }

  setStatus(): this {
    return this;
  }

  updateName(): this {
    return this;
  }

  recordException(): void {}

  end(): void {}

  set(): void {}

  rename(): void {}

  fail(): void {}

  finish(): void {}

  lasts(): void {}

  discard(): void {}
}

// Not in a static block: bundlers give a class that names itself in one another name.
inheriting(UnrecordedSpan, WovenContext);
