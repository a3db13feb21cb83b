/**
 * knex: a builder is a thenable that runs its statement when it is awaited. An annotated method hands it out as it is,
 * and runs nothing.
 */
import { pipeline } from 'node:stream/promises';
import type { Knex } from 'knex';
import { failedSpan, recorded, span } from '../../support/recorded-telemetry.js';
import { openKnex } from './support/knex-on-sqlite.js';
import { expectTelemetry, type Log, type Mark, outcomeOf, told, twice } from './support/twice.js';

beforeEach(() => void recorded.start());
afterEach(() => recorded.stop());

interface Goods {
  id: number;
  name: string;
}

const names = (rows: readonly Goods[]): string[] => rows.map(({ name }) => name);

function shop(mark: Mark, log: Log) {
  const { knex, database } = openKnex();
  class Shop {
    readonly knex = knex;
    readonly ran = database.ran;
    readonly kept = knex<Goods>('shop').where('name', '>', 'b');

    @mark
    all(): Knex.QueryBuilder<Goods, Goods[]> {
      log.push('all');
      return knex<Goods>('shop').orderBy('id');
    }

    @mark
    same(): unknown {
      return this.kept;
    }

    @mark
    add(name: string, inside: Knex = knex): Knex.QueryBuilder<Goods, number[]> {
      return inside<Goods>('shop').insert({ name });
    }

    @mark
    raw(sql: string): Knex.Raw {
      return knex.raw(sql);
    }

    @mark
    async count(): Promise<number> {
      const [row] = await knex('shop').count({ count: '*' });
      return Number(row?.['count']);
    }

    @mark
    rename(from: string, to: string): Promise<number> {
      return knex.transaction(async (transaction) => {
        const changed = await transaction('shop').where({ name: from }).update({ name: to });
        await this.add(from, transaction);
        return changed;
      });
    }

    @mark
    async renameAndWait(from: string, to: string): Promise<number> {
      return await this.rename(from, to);
    }

    @mark
    begin(): Promise<Knex.Transaction> {
      return knex.transaction();
    }

    @mark
    tables(): Knex.SchemaBuilder {
      return knex.schema.createTable('cart', (table) => void table.increments('id'));
    }
  }
  return new Shop();
}

test('a builder that is built and never run runs nothing, and is the very one', async () => {
  const { result } = await twice(shop, (service) => {
    const query = service.all().where('name', 'like', '%e%').limit(1);
    return [service.same() === service.kept, query.toSQL().toNative(), query.toString(), service.ran];
  });
  expect(result).toEqual([
    true,
    { sql: expect.stringContaining('where `name` like ?'), bindings: ['%e%', 1] },
    expect.stringContaining("like '%e%'"),
    [],
  ]);
  await expectTelemetry(span('Shop.all'), span('Shop.same'));
});

test('a builder is chained after it came back, and runs once each time it is awaited', async () => {
  const { result } = await twice(shop, async (service, log) => {
    const query = service.all().where('name', '<>', 'bread');
    log.push('built');
    const first = names(await query);
    log.push('awaited');
    return [first, names(await query.clone().limit(1)), await query.first(), service.ran];
  });
  expect(result[0]).toEqual(['apples', 'cheese']);
  expect(result[3]).toHaveLength(3);
  await expectTelemetry(span('Shop.all'));
});

test('then, catch and finally are the builder’s own', async () => {
  const { result } = await twice(shop, async (service, log) => [
    await service.all().then(names),
    await service.raw('select 1 as one').catch(() => 'failed'),
    await service.all().finally(() => void log.push('finally')),
    await outcomeOf(service.raw('select 1 from nowhere')),
    await service.add('apples').catch((error: unknown) => told(error)),
    service.ran.length,
  ]);
  expect(result[3]).toEqual({ rejected: expect.stringContaining('no such table: nowhere') });
  await expectTelemetry(span('Shop.all'), span('Shop.raw'), span('Shop.all'), span('Shop.raw'), span('Shop.add'));
});

test('an async method that awaits its builder covers the statement', async () => {
  const { result } = await twice(shop, async (service) => [await service.count(), service.ran]);
  expect(result).toEqual([3, ['select count(*) as `count` from `shop`']]);
  await expectTelemetry(span('Shop.count'));
});

test('a builder is streamed and piped', async () => {
  const { result } = await twice(shop, async (service, log) => {
    for await (const row of service.all().stream()) log.push((row as Goods).name);
    const read: unknown[] = [];
    await pipeline(service.all().stream(), async (rows: AsyncIterable<Goods>) => {
      for await (const { name } of rows) read.push(name);
    });
    for await (const row of service.all().stream()) {
      log.push((row as Goods).name);
      break;
    }
    return [read, service.ran.length];
  });
  expect(result).toEqual([['apples', 'bread', 'cheese'], 3]);
  await expectTelemetry(span('Shop.all'), span('Shop.all'), span('Shop.all'));
});

test('a transaction is a thenable too: it commits, rolls back, and holds the calls made in it', async () => {
  const { result } = await twice(shop, async (service) => {
    const renamed = await service.rename('bread', 'rolls');
    const refused = await outcomeOf(service.renameAndWait('rolls', 'apples'));
    const transaction = await service.begin();
    await service.add('dates', transaction);
    await transaction.rollback();
    return [renamed, refused, transaction.isCompleted(), names(await service.all()), service.ran];
  });
  const [renamed, refused, completed, left, ran] = result as [unknown, unknown, unknown, unknown, string[]];
  const message = expect.stringContaining('UNIQUE constraint failed: shop.name') as string;
  expect([renamed, refused, completed]).toEqual([1, { rejected: message }, true]);
  expect(left).toEqual(['apples', 'rolls', 'cheese', 'bread']);
  expect(ran.filter((sql) => /^(begin|commit|rollback)/i.test(sql))).toHaveLength(6);
  await expectTelemetry(
    span('Shop.rename', {}, span('Shop.add')),
    failedSpan('Shop.renameAndWait', { type: 'SQLite3Error', message, stack: message }, {}, span('Shop.rename')),
    span('Shop.begin'),
    span('Shop.add'),
    span('Shop.all'),
  );
});

test('schema builders wait to be run as well', async () => {
  const { result } = await twice(shop, async (service) => {
    const building = service.tables();
    const before = service.ran.length;
    await building;
    return [before, service.ran];
  });
  expect(result).toEqual([0, [expect.stringContaining('create table `cart`')]]);
  await expectTelemetry(span('Shop.tables'));
});
