/**
 * A recorder of woven spans without a pipeline around it: what ends is kept.
 */

import { resourceFromAttributes } from '@opentelemetry/resources';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import type { SpanBounds } from '../../lib/recorder/bounded-values.js';
import type { Recorder } from '../../lib/recorder/recorder.js';
import { Refusals } from '../../lib/recorder/refusals.js';
import { RunningSpans } from '../../lib/recorder/running-spans.js';
import type { SamplingRule } from '../../lib/recorder/sampling-rule.js';
import { randomIdSeed, SpanIds } from '../../lib/recorder/span-ids.js';
import type { SpanSink } from '../../lib/recorder/span-scene.js';
import { Surroundings } from '../../lib/recorder/surroundings.js';
import { wovenRecorder } from '../../lib/recorder/woven-recorder.js';

/** The SDK's, where nobody says otherwise. */
export const usualBounds: SpanBounds = {
  attributeCountLimit: 128,
  attributeValueLengthLimit: Infinity,
  eventCountLimit: 128,
  linkCountLimit: 128,
  attributePerEventCountLimit: 128,
  attributePerLinkCountLimit: 128,
};

export const keepAll: SamplingRule = { followsParent: true, otherwise: true };

export class EndedSpans implements SpanSink {
  readonly hearsStart = false;
  readonly hearsEnding = false;
  readonly ended: ReadableSpan[] = [];

  onStart(): void {}

  onEnding(): void {}

  onEnd(span: ReadableSpan): void {
    this.ended.push(span);
  }
}

export interface RecorderParts {
  readonly bounds?: SpanBounds;
  readonly sampling?: SamplingRule;
  readonly sink?: SpanSink;
  readonly surroundings?: Surroundings;
  readonly running?: RunningSpans;
}

export function recorderOf({ bounds, sampling, sink, surroundings, running }: RecorderParts = {}): Recorder {
  const ids = new SpanIds(randomIdSeed());
  return wovenRecorder({
    scene: {
      resource: resourceFromAttributes({ 'service.name': 'spec' }),
      scope: { name: 'spec' },
      bounds: bounds ?? usualBounds,
      sink: sink ?? new EndedSpans(),
      surroundings: surroundings ?? new Surroundings(),
      running: running ?? new RunningSpans(Number.MAX_SAFE_INTEGER),
    },
    sampling: sampling ?? keepAll,
    ids,
    refusals: new Refusals(ids),
  });
}
