/**
 * Query builders of ORMs: drizzle's and objection's are thenables that run when they are awaited; kysely's runs when it is
 * told to. Handed out by annotated methods they run nothing by themselves, and then what they would have.
 */
import { eq, ne, sql } from 'drizzle-orm';
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { drizzle } from 'drizzle-orm/sqlite-proxy';
import { Kysely, SqliteDialect } from 'kysely';
import { Model, QueryBuilder } from 'objection';
import { failedSpan, recorded, span } from '../../support/recorded-telemetry.js';
import { openKnex } from './support/knex-on-sqlite.js';
import { SqliteDatabase } from './support/sqlite-database.js';
import { expectTelemetry, type Mark, outcomeOf, told, twice } from './support/twice.js';

beforeEach(() => void recorded.start());
afterEach(() => recorded.stop());

interface Goods {
  id: number;
  name: string;
}

const refused = expect.stringContaining('UNIQUE constraint failed: shop.name') as string;
const opened: SqliteDatabase[] = [];

afterEach(() => {
  for (const database of opened.splice(0)) database.close();
});

function open(): SqliteDatabase {
  const database = new SqliteDatabase();
  opened.push(database);
  return database;
}

describe('drizzle', () => {
  const goods = sqliteTable('shop', { id: integer('id').primaryKey(), name: text('name').notNull() });

  const shop = (mark: Mark) => {
    const database = open();
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
});

describe('objection', () => {
  const shop = (mark: Mark) => {
    const { knex, database } = openKnex();
    class Ware extends Model {
      static override tableName = 'shop';
      declare id: number;
      declare name: string;
    }
    const Bound = Ware.bindKnex(knex);
    class Shop {
      readonly ran = database.ran;
      given: unknown;

      @mark
      all(): QueryBuilder<Ware> {
        const query = Bound.query().select('name').orderBy('id');
        this.given = query;
        return query;
      }

      @mark
      add(name: string): QueryBuilder<Ware, Ware> {
        return Bound.query().insert({ name });
      }

      @mark
      async first(): Promise<string | undefined> {
        return (await this.all().first())?.name;
      }
    }
    return new Shop();
  };

  test('runs when it is awaited, and what it gives are models', async () => {
    const { result } = await twice(shop, async (service) => {
      const query = service.all();
      const before = [query === service.given, query instanceof QueryBuilder, service.ran.length];
      const rows = await query.where('name', '<>', 'bread');
      return [
        before,
        rows.map((row) => [row instanceof Model, row.name]),
        await service.all().resultSize(),
        await outcomeOf(service.add('apples')),
        (await service.add('dates')).name,
        await service.first(),
      ];
    });
    const all = [
      [true, 'apples'],
      [true, 'cheese'],
    ];
    expect(result).toEqual([[true, true, 0], all, 3, { rejected: refused }, 'dates', 'apples']);
    await expectTelemetry(
      span('Shop.all'),
      span('Shop.all'),
      span('Shop.add'),
      span('Shop.add'),
      span('Shop.first', {}, span('Shop.all')),
    );
  });
});

describe('kysely', () => {
  const shop = (mark: Mark) => {
    const database = open();
    const db = new Kysely<{ shop: Goods }>({ dialect: new SqliteDialect({ database }) });
    class Shop {
      readonly ran = database.ran;

      @mark
      all() {
        return db.selectFrom('shop').select('name').orderBy('id');
      }

      @mark
      rows() {
        return this.all().execute();
      }

      @mark
      stream() {
        return this.all().stream();
      }

      @mark
      add(name: string) {
        return db.insertInto('shop').values({ id: 0, name }).executeTakeFirstOrThrow();
      }

      @mark
      rename(from: string, to: string) {
        return db.transaction().execute(async (transaction) => {
          await transaction.updateTable('shop').set({ name: to }).where('name', '=', from).execute();
          return this.rows.name;
        });
      }
    }
    return new Shop();
  };

  test('builders are values, what they execute is a promise, what they stream an iteration', async () => {
    const { result } = await twice(shop, async (service) => {
      const query = service.all().where('name', '<>', 'bread');
      const before = [query.compile().sql, service.ran.length];
      const streamed: string[] = [];
      for await (const { name } of service.stream()) {
        streamed.push(name);
        if (streamed.length === 2) break;
      }
      return [
        before,
        await query.execute(),
        await service.rows(),
        streamed,
        await outcomeOf(service.add('apples')),
        await service.rename('bread', 'rolls'),
        service.ran.length,
      ];
    });
    const names = (...all: string[]): unknown => all.map((name) => ({ name }));
    expect(result).toEqual([
      [expect.stringContaining('where "name" <> ?'), 0],
      names('apples', 'cheese'),
      names('apples', 'bread', 'cheese'),
      ['apples', 'bread'],
      { rejected: refused },
      'rows',
      7,
    ]);
    await expectTelemetry(
      span('Shop.all'),
      span('Shop.stream', {}, span('Shop.all')),
      span('Shop.rows', {}, span('Shop.all')),
      failedSpan('Shop.add', { type: 'SQLite3Error', message: refused, stack: refused }),
      span('Shop.rename'),
    );
  });
});
