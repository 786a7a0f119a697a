import type { Compilable, CompiledQuery } from "kysely";
import { isDirect } from "./dialects/direct.ts";
import type { Db } from "./tables.ts";

/** Stands for a value in a statement that is built once and bound per call. */
class Parameter {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

/**
 * A statement of a hot path: built and compiled once per dialect, then only bound. Building a query costs as much as
 * running it on SQLite.
 */
export function statement<P extends object, R>(
  build: (db: Db, parameter: <K extends keyof P & string>(name: K) => P[K]) => Compilable<R>,
): (db: Db, values: P) => Promise<R[]> {
  const compiledFor = new WeakMap<object, CompiledQuery<R>>();
  return async (db, values) => {
    const dialect = db.getExecutor().adapter;
    let compiled = compiledFor.get(dialect);
    if (!compiled) {
      compiled = build(db, (name) => new Parameter(name) as never).compile();
      compiledFor.set(dialect, compiled);
    }
    const parameters = compiled.parameters.map((value) =>
      value instanceof Parameter ? values[value.name as keyof P] : value,
    );
    if (isDirect(dialect)) return (await dialect.runDirectly(compiled, parameters, db.isTransaction)) as R[];
    return (await db.executeQuery<R>({ ...compiled, parameters })).rows;
  };
}

/** The same statement for a look-up that finds one row or none. */
export function first<P, R>(run: (db: Db, values: P) => Promise<R[]>): (db: Db, values: P) => Promise<R | undefined> {
  return async (db, values) => (await run(db, values))[0];
}
