/**
 * drizzle: its builders are thenables that run when they are awaited. Handed out by annotated methods they run nothing by
 * themselves, and then what they would have.
 */
import { eq, ne, sql } from 'drizzle-orm';
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { drizzle } from 'drizzle-orm/sqlite-proxy';
import { failedSpan, recorded, span } from '../../support/recorded-telemetry.js';
import { openDatabase } from './support/sqlite-database.js';
import { expectTelemetry, type Mark, outcomeOf, told, twice } from './support/twice.js';

beforeEach(() => void recorded.start());
afterEach(() => recorded.stop());

const refused = expect.stringContaining('UNIQUE constraint failed: shop.name') as string;

const goods = sqliteTable('shop', { id: integer('id').primaryKey(), name: text('name').notNull() });

const shop = (mark: Mark) => {
  const database = openDatabase();
  const db = drizzle(async (query, values, method) => {
    const statement = database.prepare(query);
    if (method === 'run') statement.run(values);
    const rows = method === 'run' ? [] : statement.all(values).map((row) => Object.values(row));
    return { rows: method === 'get' ? (rows[0] as unknown[]) : rows };
  });
  class Shop {
    readonly ran = database.ran;
    given: unknown;

    @mark
    all() {
      const query = db.select({ name: goods.name }).from(goods).$dynamic();
      this.given = query;
      return query;
    }

    @mark
    add(name: string) {
      return db.insert(goods).values({ name });
    }

    @mark
    count() {
      return db.get<[number]>(sql`select count(*) from shop`);
    }

    @mark
    rename(from: string, to: string): Promise<void> {
      return db.transaction(async (transaction) => {
        await transaction.update(goods).set({ name: to }).where(eq(goods.name, from));
      });
    }
  }
  return new Shop();
};

test('runs nothing until it is awaited, and then once each time', async () => {
  const { result } = await twice(shop, async (service) => {
    const query = service.all();
    const same = query === service.given;
    const statement = query.where(ne(goods.name, 'bread')).toSQL();
    const before = service.ran.length;
    return [same, statement.params, before, await query, await query.limit(1), service.ran.length];
  });
  expect(result).toEqual([true, ['bread'], 0, [{ name: 'apples' }, { name: 'cheese' }], [{ name: 'apples' }], 2]);
  await expectTelemetry(span('Shop.all'));
});

test('its errors are the caller’s, those of an awaited transaction the call’s as well', async () => {
  const { result } = await twice(shop, async (service) => [
    await service.add('dates').then(() => 'added'),
    await service.add('apples').catch((error: { cause?: unknown }) => told(error.cause)),
    await service.all().finally(() => {}),
    await service.count(),
    await outcomeOf(service.rename('bread', 'apples')),
    service.ran.slice(-2),
  ]);
  expect(result.slice(0, 2)).toEqual(['added', refused]);
  expect(result.slice(3)).toEqual([
    [4],
    { rejected: expect.stringContaining('Failed query: update') },
    [expect.stringContaining('update'), 'rollback'],
  ]);
  const message = expect.stringContaining('Failed query: update') as string;
  await expectTelemetry(
    span('Shop.add'),
    span('Shop.add'),
    span('Shop.all'),
    span('Shop.count'),
    failedSpan('Shop.rename', { type: 'DrizzleQueryError', message, stack: message }),
  );
});
