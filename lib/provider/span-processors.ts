/**
 * All span processors as one, for woven spans and the SDK's alike. One that throws costs neither the program its call nor
 * the others their span (in the SDK it does), and those of the user's run unobserved, like all of their code in the pipeline.
 */
import type { Context } from '@opentelemetry/api';
import type { ReadableSpan, Span, SpanProcessor } from '@opentelemetry/sdk-trace-base';
import { messageOf, report } from '../faults/report.js';
import type { SpanSink } from '../recorder/span-scene.js';
import { attempted } from './late-failure.js';
import { nameOf } from './name-of.js';
import { unobserved } from './unobserved.js';

export interface ProcessorLists {
  /** Those of the user's: told first, so that what they do to a span is done before it is sent. */
  readonly users: readonly SpanProcessor[];
  readonly ours: readonly SpanProcessor[];
  /** Those of ours that want to hear of a span's start. */
  readonly oursFromStart: readonly SpanProcessor[];
}

export class SpanProcessors implements SpanProcessor, SpanSink {
  readonly hearsStart: boolean;
  readonly hearsEnding: boolean;
  readonly #lists: ProcessorLists;
  /** The one that is told of a span's end, where there is but one and it is ours. */
  readonly #only: SpanProcessor | undefined;

  constructor(lists: ProcessorLists) {
    const { users, ours, oursFromStart } = lists;
    this.#lists = lists;
    this.#only = users.length === 0 && ours.length === 1 ? ours[0] : undefined;
    this.hearsStart = users.length + oursFromStart.length > 0;
    this.hearsEnding = users.some(({ onEnding }) => onEnding !== undefined);
  }

  onStart(span: Span, parent: Context): void {
    const { users, oursFromStart } = this.#lists;
    for (const user of users) tell(user, () => unobserved(() => user.onStart(span, parent)));
    for (const one of oursFromStart) tell(one, () => one.onStart(span, parent));
  }

  onEnding(span: Span): void {
    for (const user of this.#lists.users) tell(user, () => unobserved(() => user.onEnding?.(span)));
  }

  onEnd(span: ReadableSpan): void {
    const only = this.#only;
    if (only === undefined) return this.#tellAll(span);
    // In every call of the program: there is no function to be made for it, and no list to be gone through.
    try {
      only.onEnd(span);
    } catch (error) {
      failed(only, error);
    }
  }

  #tellAll(span: ReadableSpan): void {
    const { users, ours } = this.#lists;
    for (const user of users) tell(user, () => unobserved(() => user.onEnd(span)));
    for (const one of ours) tell(one, () => one.onEnd(span));
  }

  async forceFlush(): Promise<void> {
    await Promise.all(this.#each((processor) => processor.forceFlush()));
  }

  async shutdown(): Promise<void> {
    await Promise.all(this.#each((processor) => processor.shutdown()));
  }

  #each(work: (processor: SpanProcessor) => Promise<void>): Promise<void>[] {
    const { users, ours } = this.#lists;
    return [...users, ...ours].map((processor) => unobserved(() => work(processor)));
  }
}

function tell(processor: SpanProcessor, work: () => unknown): void {
  attempted(work, (error) => failed(processor, error));
}

function failed(processor: SpanProcessor, error: unknown): void {
  const what = nameOf(processor, 'processor');
  report('SPANDREL_PROCESSOR_FAILED', what, { what, error: messageOf(error) });
}
