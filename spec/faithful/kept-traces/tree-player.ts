/**
 * Makes the calls of a tree, each a traced and counted method, and reads the trees again from what was exported.
 */
import { SpanStatusCode, TraceFlags, trace } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { Counted, call, Traced } from 'spandrel';
import type { Told, Tree } from './random-trees.js';

const within = { attributes: { key: call.arg(0, 'key') } };

/** What the calls saw of their spans. */
export interface Seen {
  readonly key: number;
  readonly traceId: string;
  readonly traceFlags: number;
}

export class TreePlayer {
  readonly seen: Seen[] = [];

  play(tree: Tree): unknown {
    switch (tree.kind) {
      case 'sync':
        return this.sync(tree);
      case 'generator':
        return [...this.generator(tree)];
      case 'async':
        return this.async(tree);
      case 'asyncGenerator':
        return drained(this.asyncGenerator(tree));
    }
  }

  /** What it fails with is expected. */
  async playRoot(tree: Tree): Promise<void> {
    await rest(tree.rests[0] as number);
    await attempted(() => this.play(tree));
  }

  @Traced(within)
  @Counted('trees.calls')
  sync(tree: Tree): void {
    this.#begins(tree);
    this.#ends(
      tree,
      tree.children.map((child) => attemptedAtOnce(() => this.play(child))),
    );
  }

  @Traced(within)
  @Counted('trees.calls')
  *generator(tree: Tree): Generator<number> {
    this.#begins(tree);
    const errors: unknown[] = [];
    for (const child of tree.children) {
      yield child.key;
      errors.push(attemptedAtOnce(() => this.play(child)));
    }
    this.#ends(tree, errors);
  }

  @Traced(within)
  @Counted('trees.calls')
  async async(tree: Tree): Promise<void> {
    this.#begins(tree);
    const { children, rests, together } = tree;
    const one = async (child: Tree, place: number): Promise<unknown> => {
      await rest(rests[place % 2] as number);
      return attempted(() => this.play(child));
    };
    if (together) return this.#ends(tree, await Promise.all(children.map(one)));
    const errors: unknown[] = [];
    for (const [place, child] of children.entries()) errors.push(await one(child, place));
    this.#ends(tree, errors);
  }

  @Traced(within)
  @Counted('trees.calls')
  async *asyncGenerator(tree: Tree): AsyncGenerator<number> {
    this.#begins(tree);
    const errors: unknown[] = [];
    for (const child of tree.children) {
      yield child.key;
      errors.push(await attempted(() => this.play(child)));
    }
    this.#ends(tree, errors);
  }

  #begins({ key, looks }: Tree): void {
    const span = trace.getActiveSpan();
    if (!looks || span === undefined) return;
    const { traceId, traceFlags } = span.spanContext();
    this.seen.push({ key, traceId, traceFlags });
  }

  #ends({ fails, passes }: Tree, errors: readonly unknown[]): void {
    if (fails === 'says') trace.getActiveSpan()?.setStatus({ code: SpanStatusCode.ERROR });
    if (fails === 'throws') throw new RangeError('its own');
    const passed = errors.find((error) => error !== undefined);
    if (passes && passed !== undefined) throw passed;
  }
}

async function rest(turns: number): Promise<void> {
  if (turns === 1) await Promise.resolve();
  if (turns === 2) await new Promise((resolve) => setImmediate(resolve));
}

async function drained(steps: AsyncGenerator<number>): Promise<void> {
  for await (const key of steps) await rest(key % 3);
}

/** What it failed with. */
async function attempted(work: () => unknown): Promise<unknown> {
  try {
    await work();
    return undefined;
  } catch (error) {
    return error;
  }
}

function attemptedAtOnce(work: () => unknown): unknown {
  try {
    work();
    return undefined;
  } catch (error) {
    return error;
  }
}

/** The trees that were exported, by the keys of their roots. What is not as it should be in any trace is `wrong`. */
export function exportedTrees(spans: readonly ReadableSpan[]): { trees: Told[]; wrong: string[] } {
  const wrong: string[] = [];
  const keyOf = ({ attributes }: ReadableSpan): number => attributes['key'] as number;
  const byId = new Map(spans.map((span) => [span.spanContext().spanId, span]));
  if (byId.size !== spans.length) wrong.push(`${spans.length} spans have ${byId.size} ids`);
  const below = new Map<ReadableSpan | undefined, ReadableSpan[]>();
  for (const span of spans) {
    const { parentSpanContext: parent } = span;
    const above = byId.get(parent?.spanId ?? '');
    const { traceId, traceFlags } = span.spanContext();
    if (traceFlags !== TraceFlags.SAMPLED) wrong.push(`${keyOf(span)} is not sampled`);
    if (parent !== undefined && above === undefined) wrong.push(`${keyOf(span)} is below nothing that was exported`);
    if (parent !== undefined && parent.traceFlags !== TraceFlags.SAMPLED)
      wrong.push(`${keyOf(span)}: its parent's flags`);
    if (above !== undefined && above.spanContext().traceId !== traceId)
      wrong.push(`${keyOf(span)} is of another trace`);
    below.set(above, [...(below.get(above) ?? []), span]);
  }
  const told = (above: ReadableSpan | undefined): Told[] =>
    (below.get(above) ?? [])
      .sort((a, b) => keyOf(a) - keyOf(b))
      .map((span) => ({
        key: keyOf(span),
        failed: span.status.code === SpanStatusCode.ERROR,
        children: told(span),
      }));
  return { trees: told(undefined), wrong };
}
