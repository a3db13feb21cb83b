/**
 * mongoose: a `Query` is a thenable that is sent when it is awaited, and refuses to be sent twice. There is no database
 * here: what is sent fails at once, after the hooks of its schema have run.
 */
import mongoose, { type Model, Query, Schema } from 'mongoose';
import { failedSpan, recorded, span } from '../../support/recorded-telemetry.js';
import { expectTelemetry, type Log, type Mark, outcomeOf, twice } from './support/twice.js';

beforeEach(() => void recorded.start());
afterEach(() => recorded.stop());

interface Goods {
  name: string;
}

function shop(mark: Mark, log: Log) {
  const connection = mongoose.createConnection();
  const schema = new Schema<Goods>({ name: String }, { bufferCommands: false, autoCreate: false, autoIndex: false });
  schema.pre('find', function () {
    log.push(['find', this.getFilter()]);
  });
  const Ware: Model<Goods> = connection.model<Goods>('Ware', schema);
  class Shop {
    given: unknown;

    @mark
    find(name: string) {
      const query = Ware.find({ name });
      this.given = query;
      return query;
    }

    @mark
    sum() {
      return Ware.aggregate<{ sum: number }>([{ $group: { _id: null, sum: { $sum: 1 } } }]);
    }

    @mark
    async found(name: string): Promise<number> {
      return (await this.find(name)).length;
    }

    @mark
    check(name: unknown) {
      return new Ware({ name }).validate();
    }
  }
  return new Shop();
}

const unsent = expect.stringContaining('before initial connection is complete') as string;

test('built and chained, it is the query it was, and is not sent', async () => {
  const { log } = await twice(shop, (service) => {
    const query = service.find('apples');
    const chained = query.sort('name').limit(3).lean();
    const sum = service.sum().match({ name: 'bread' });
    return [
      query === service.given,
      (chained as unknown as unknown) === query,
      query instanceof Query,
      query instanceof Promise,
      Object.prototype.toString.call(query),
      query.getFilter(),
      query.getOptions(),
      sum.pipeline().length,
    ];
  });
  expect(log).toEqual([]);
  await expectTelemetry(span('Shop.find'), span('Shop.sum'));
});

test('awaited, it is sent once; its failure is the caller’s, and the call’s when that waits for it', async () => {
  const { result, log } = await twice(shop, async (service) => {
    const query = service.find('apples');
    return [
      await outcomeOf(query),
      await outcomeOf(query),
      await service.find('bread').catch(() => 'caught'),
      await outcomeOf(service.find('cheese').exec()),
      await outcomeOf(service.sum()),
      await outcomeOf(service.found('dates')),
      await outcomeOf(service.check('eggs')),
      await outcomeOf(service.check({})),
    ];
  });
  expect(result.slice(0, 3)).toEqual([
    { rejected: unsent },
    { rejected: expect.stringContaining('Query was already executed') },
    'caught',
  ]);
  expect(log).toEqual(['apples', 'bread', 'cheese', 'dates'].map((name) => ['find', { name }]));
  const message = unsent;
  const find = span('Shop.find');
  await expectTelemetry(
    find,
    find,
    find,
    span('Shop.sum'),
    failedSpan('Shop.found', { type: 'MongooseError', message, stack: message }, {}, find),
    span('Shop.check'),
    failedSpan('Shop.check', {
      type: 'ValidationError',
      message: expect.stringContaining('Cast to string failed') as string,
      stack: expect.stringContaining('Cast to string failed') as string,
    }),
  );
});
