/**
 * `@Traced`: parents and links, given or taken from the call in any form.
 */
import { type Context, context, propagation, type Span, type SpanContext, trace } from '@opentelemetry/api';
import { type CallFacts, call, Traced } from 'spandrel';
import { recorded, span } from '../support/recorded-telemetry.js';

beforeEach(() => void recorded.start());
afterEach(() => recorded.stop());

const traceId = '0af7651916cd43dd8448eb211c80319c';
const spanId = 'b7ad6b7169203331';
const traceparent = `00-${traceId}-${spanId}-01`;
const remote: SpanContext = { traceId, spanId, traceFlags: 1, isRemote: true };

/** Name, trace and parent of every span, in the order they ended. */
async function lineage(): Promise<[name: string, inRemoteTrace: boolean, parent: string | undefined][]> {
  const spans = await recorded.spans();
  const names = new Map<string | undefined, string>(spans.map((one) => [one.spanContext().spanId, one.name]));
  names.set(spanId, 'remote');
  return spans.map((one) => [
    one.name,
    one.spanContext().traceId === traceId,
    names.get(one.parentSpanContext?.spanId),
  ]);
}

class Child {
  @Traced({ name: 'active', parent: 'active' })
  active(): void {}

  @Traced({ name: 'root', parent: 'root' })
  root(): void {
    this.active();
  }

  @Traced({ name: 'carried', parent: call.arg(0, 'headers') })
  carried(_request: { headers?: unknown }): void {
    this.active();
  }

  @Traced({ name: 'chosen', parent: ({ args }) => args[0] as Context })
  chosen(_parent: unknown): void {}

  @Traced({
    name: 'refused',
    parent: () => {
      throw new Error('no parent');
    },
  })
  refused(): void {}
}

class Outer {
  @Traced('outer')
  run(inside: () => void): void {
    inside();
  }
}

test('the parent: active, none, or the trace a carrier brings', async () => {
  const child = new Child();
  new Outer().run(() => {
    child.active();
    child.root();
    child.carried({ headers: { traceparent } });
  });
  expect(await lineage()).toEqual([
    ['active', false, 'outer'],
    ['active', false, 'root'],
    ['root', false, undefined],
    ['active', true, 'carried'],
    ['carried', true, 'remote'],
    ['outer', false, undefined],
  ]);
  const [, , root, , , outer] = await recorded.spans();
  expect(root?.spanContext().traceId).not.toBe(outer?.spanContext().traceId);
});

test('the parent from a Context, a span, a span context, or the word root', async () => {
  const child = new Child();
  let running: Span | undefined;
  let inside: Context | undefined;
  new Outer().run(() => {
    running = trace.getActiveSpan();
    inside = context.active();
  });
  for (const parent of [inside, running, remote, 'root']) child.chosen(parent);
  new Outer().run(() => child.chosen('root'));
  expect(await lineage()).toEqual([
    ['outer', false, undefined],
    ['chosen', false, 'outer'],
    ['chosen', false, 'outer'],
    ['chosen', true, 'remote'],
    ['chosen', false, undefined],
    ['chosen', false, undefined],
    ['outer', false, undefined],
  ]);
});

test('where the call has no parent to give, the active span is it', async () => {
  const child = new Child();
  const invalid = { traceId: '0'.repeat(32), spanId: '0'.repeat(16), traceFlags: 0 };
  new Outer().run(() => {
    child.carried({});
    child.carried({ headers: {} });
    child.carried({ headers: { traceparent: 'garbage' } });
    for (const parent of [undefined, null, 17, 'active', {}, invalid]) child.chosen(parent);
    child.refused();
  });
  const parents = (await lineage())
    .filter(([name]) => name !== 'active' && name !== 'outer')
    .map(([, , parent]) => parent);
  expect(parents).toEqual(new Array(10).fill('outer'));
  expect(recorded.faults()).toEqual([{ code: 'SPANDREL_OPTION_FAILED', where: 'Child.refused', count: 1 }]);
});

test('a root keeps the baggage of its surroundings', async () => {
  let seen: string | undefined;
  class Baggage {
    @Traced({ parent: 'root' })
    root(): void {
      seen = propagation.getActiveBaggage()?.getEntry('tenant')?.value;
    }
  }
  const baggage = propagation.createBaggage({ tenant: { value: 'x' } });
  context.with(propagation.setBaggage(context.active(), baggage), () => new Baggage().root());
  expect(seen).toBe('x');
});

test('links: given, or one or several taken from the call in any form', async () => {
  class Linked {
    @Traced({ links: [{ context: remote, attributes: { why: 'fixed' } }] })
    fixed(): void {}
    @Traced({ links: call.arg(0) })
    fromArgument(_messages: unknown): void {}
    @Traced({ links: ({ args }: CallFacts) => args as never })
    fromFunction(..._links: unknown[]): void {}
    @Traced({
      links: () => {
        throw new Error('no links');
      },
    })
    refused(): string {
      return 'untouched';
    }
  }
  const linked = new Linked();
  const remoteContext = trace.setSpanContext(context.active(), remote);
  linked.fixed();
  linked.fromArgument([{ traceparent }, { traceparent: 'garbage' }, undefined]);
  linked.fromArgument({ traceparent });
  linked.fromArgument(undefined);
  linked.fromFunction(remote, remoteContext, trace.wrapSpanContext(remote), null, 'text');
  expect(linked.refused()).toBe('untouched');
  const link = (attributes = {}): unknown => ({ spanId, attributes });
  expect(await recorded.trees()).toEqual([
    { ...span('Linked.fixed'), links: [link({ why: 'fixed' })] },
    { ...span('Linked.fromArgument'), links: [link()] },
    { ...span('Linked.fromArgument'), links: [link()] },
    span('Linked.fromArgument'),
    { ...span('Linked.fromFunction'), links: [link(), link(), link()] },
    span('Linked.refused'),
  ]);
  expect(recorded.faults()).toEqual([{ code: 'SPANDREL_OPTION_FAILED', where: 'Linked.refused', count: 1 }]);
});

test('headers come in the forms people have them in', async () => {
  const child = new Child();
  const forms = [
    new Headers({ TraceParent: traceparent }),
    new Map([['traceparent', traceparent]]),
    { traceparent: [traceparent] },
    { traceparent: Buffer.from(traceparent) },
  ];
  for (const headers of forms) child.carried({ headers });
  const carried = (await lineage()).filter(([name]) => name === 'carried');
  expect(carried).toEqual(forms.map(() => ['carried', true, 'remote']));
});
