/**
 * Exporters of a user's that do work of their own, before and after an `await`, each time they are asked for anything: to
 * export, to flush, to shut down.
 */
interface Exported {
  readonly name?: string;
  readonly body?: unknown;
}

export class WorkingExporter {
  /** The names of the spans, or the bodies of the log records, that arrived. */
  readonly got: unknown[] = [];
  readonly #name: string;
  readonly #work: (where: string) => Promise<void>;

  constructor(name: string, work: (where: string) => Promise<void>) {
    this.#name = name;
    this.#work = work;
  }

  export(batch: readonly Exported[] | object, done: (result: { code: number }) => void): void {
    if (Array.isArray(batch)) this.got.push(...(batch as Exported[]).map(({ name, body }) => name ?? body));
    void this.#work(`${this.#name} export`).then(() => done({ code: 0 }));
  }

  forceFlush(): Promise<void> {
    return this.#work(`${this.#name} flush`);
  }

  shutdown(): Promise<void> {
    return this.#work(`${this.#name} shutdown`);
  }
}
