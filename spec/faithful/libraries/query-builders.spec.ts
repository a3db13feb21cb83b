/**
 * Query builders of ORMs: objection's is a thenable that runs when it is awaited; kysely's runs when it is told to. Handed
 * out by annotated methods they run nothing by themselves, and then what they would have.
 */
import { Kysely, SqliteDialect } from 'kysely';
import { Model, QueryBuilder } from 'objection';
import { failedSpan, recorded, span } from '../../support/recorded-telemetry.js';
import { openKnex } from './support/knex-on-sqlite.js';
import { openDatabase } from './support/sqlite-database.js';
import { expectTelemetry, type Mark, outcomeOf, twice } from './support/twice.js';

beforeEach(() => void recorded.start());
afterEach(() => recorded.stop());

interface Goods {
  id: number;
  name: string;
}

const refused = expect.stringContaining('UNIQUE constraint failed: shop.name') as string;
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
    const database = openDatabase();
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
