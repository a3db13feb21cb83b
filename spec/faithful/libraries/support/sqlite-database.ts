/**
 * A real SQLite (WebAssembly) in memory, in the shape of `better-sqlite3` that the query builders have drivers for. It keeps
 * every statement it was asked to run.
 */
import { type BindValues, Database } from 'node-sqlite3-wasm';

type Row = Record<string, unknown>;

interface Statement {
  readonly reader: boolean;
  all(values: readonly unknown[]): Row[];
  run(values: readonly unknown[]): { changes: number | bigint; lastInsertRowid: number | bigint };
  iterate(values: readonly unknown[]): IterableIterator<Row>;
}

export class SqliteDatabase {
  /** The statements that ran, in order. */
  readonly ran: string[] = [];
  readonly #database = new Database(':memory:');

  constructor() {
    this.#database.exec(`
      create table shop (id integer primary key, name text not null unique);
      insert into shop (name) values ('apples'), ('bread'), ('cheese');
    `);
  }

  prepare(sql: string): Statement {
    const { ran } = this;
    const database = this.#database;
    const noted = <T>(run: () => T): T => {
      ran.push(sql);
      return run();
    };
    return {
      reader: /^\s*(select|with|pragma)|\breturning\b/i.test(sql),
      all: (values) => noted(() => database.all(sql, values as BindValues) as Row[]),
      run: (values) => noted(() => database.run(sql, values as BindValues)),
      iterate: (values) => noted(() => database.all(sql, values as BindValues) as Row[]).values(),
    };
  }

  close(): void {
    if (this.#database.isOpen) this.#database.close();
  }
}

const opened: SqliteDatabase[] = [];

/** A database that is closed after the test. */
export function openDatabase(): SqliteDatabase {
  const database = new SqliteDatabase();
  opened.push(database);
  return database;
}

afterEach(() => {
  for (const database of opened.splice(0)) database.close();
});
