/**
 * What must hold for any two loaded copies of the package: annotations and words of both end up in one telemetry, whichever
 * of them was started, and whichever of them ends it.
 */
import assert from 'node:assert/strict';

type Copy = typeof import('spandrel');
type Sent = { name: string; attributes: Record<string, unknown>; parent: string | undefined };

export async function agree(one: Copy, other: Copy): Promise<void> {
  assert.notEqual(one.Traced, other.Traced);

  class Both {
    @one.Traced({ attributes: { given: other.call.arg(0) } })
    async first(given: string): Promise<string> {
      await null;
      one.annotate({ from: 'one' });
      other.annotate({ too: 'other' });
      other.log.info('first');
      return this.second(given);
    }
    @other.Traced({ attributes: { size: one.call.result('length') } })
    second(given: string): string {
      return plain(given);
    }
  }
  class Derived extends Both {
    @other.Traced()
    override second(given: string): string {
      return super.second(given);
    }
  }
  const plain = other.traced('plain', (given: string) => {
    one.log.info('plain');
    return given;
  });
  const bare = () => Object.getOwnPropertyDescriptor(Both.prototype, 'second')?.value;
  const untouched = bare();

  for (const [started, second] of [
    [one, other],
    [other, one],
  ]) {
    const spans: Sent[] = [];
    const lines: unknown[] = [];
    const telemetry = started.bootstrap({
      service: 'consumer',
      export: {
        protocol: 'none',
        spanExporters: [keeping(spans, spanOf)],
        logExporters: [keeping(lines, ({ body }: { body?: unknown }) => body)],
      },
    });
    assert.equal(second.bootstrap({ service: 'ignored' }), telemetry);
    assert.equal(await new Derived().first('abc'), 'abc');
    second.annotate(undefined as never);
    await second.bootstrap().flush();
    assert.deepEqual(
      spans.map(({ name }) => name),
      ['plain', 'Both.second', 'Derived.second', 'Both.first'],
    );
    const byName = new Map(spans.map((span) => [span.name, span]));
    assert.deepEqual(byName.get('Both.first')?.attributes, {
      'code.function.name': 'Both.first',
      given: 'abc',
      from: 'one',
      too: 'other',
    });
    assert.equal(byName.get('Both.second')?.attributes.size, 3);
    assert.deepEqual(
      spans.map(({ parent }) => parent !== undefined),
      [true, true, true, false],
    );
    assert.deepEqual(lines, ['first', 'plain']);
    assert.notEqual(bare(), untouched);

    @second.Traced()
    class Late {
      @started.Counted('copies.late')
      run(): void {}
    }
    await null;
    new Late().run();
    await second.bootstrap().shutdown();
    assert.equal(spans.at(-1)?.name, 'Late.run');
    assert.equal(telemetry.health().state, 'stopped');
    assert.equal(bare(), untouched);
  }
}

interface Span {
  readonly name: string;
  readonly attributes: Record<string, unknown>;
  readonly parentSpanContext?: { readonly spanId: string };
}

function spanOf({ name, attributes, parentSpanContext }: Span): Sent {
  return { name, attributes, parent: parentSpanContext?.spanId };
}

/** An exporter that keeps what is told of each record. */
function keeping<R, T>(kept: T[], told: (record: R) => T) {
  return {
    export(batch: R[], done: (result: { code: number }) => void): void {
      kept.push(...batch.map(told));
      done({ code: 0 });
    },
    async forceFlush(): Promise<void> {},
    async shutdown(): Promise<void> {},
  };
}
