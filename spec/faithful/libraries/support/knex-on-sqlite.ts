/**
 * knex on a database of its own, through its dialect for `better-sqlite3`. Closed after the test.
 */
import knexFor, { type Knex } from 'knex';
import { SqliteDatabase } from './sqlite-database.js';

const opened: Knex[] = [];

afterEach(async () => {
  await Promise.all(opened.splice(0).map((knex) => knex.destroy()));
});

/** knex has no types for its dialects' own files. */
const ClientOfSqlite = jest.requireActual<typeof Knex.Client>('knex/lib/dialects/better-sqlite3/index.js');

export function openKnex(): { readonly knex: Knex; readonly database: SqliteDatabase } {
  const database = new SqliteDatabase();
  class Client extends ClientOfSqlite {
    _driver(): unknown {
      return function Driver() {
        return database;
      };
    }
  }
  const knex = knexFor({ client: Client, connection: { filename: ':memory:' }, useNullAsDefault: true });
  opened.push(knex);
  return { knex, database };
}
