import type { StatementSync } from "node:sqlite";
import { DatabaseSync } from "node:sqlite";
import type { CompiledQuery, QueryResult } from "kysely";

type Parameter = null | number | bigint | string | Uint8Array;

interface Prepared {
  readonly statement: StatementSync;
  /** The names of its columns as the code spells them; none: it returns no rows. */
  readonly names: readonly string[];
}

const preparedAtMost = 500;

/** A connection to the file that keeps its prepared statements. */
export class SqliteHandle {
  readonly database: DatabaseSync;
  readonly #prepared = new Map<string, Prepared>();

  constructor(file: string, pragmas: readonly string[]) {
    this.database = new DatabaseSync(file);
    for (const pragma of pragmas) this.database.exec(`pragma ${pragma}`);
  }

  /** Rows with the names of their columns as they are; Kysely's plugin renames them. */
  run({ sql, parameters }: CompiledQuery): QueryResult<never> {
    const { statement, names } = this.#prepare(sql, "as they are");
    if (names.length > 0) return { rows: statement.all(...(parameters as Parameter[])) as never[] };
    const { changes } = statement.run(...(parameters as Parameter[]));
    return { rows: [], numAffectedRows: BigInt(changes) };
  }

  /** Rows with camelCase names that were worked out once per statement: half the cost of the way above. */
  runRenamed(sql: string, parameters: readonly unknown[]): object[] {
    const { statement, names } = this.#prepare(sql, "renamed");
    if (names.length === 0) {
      statement.run(...(parameters as Parameter[]));
      return [];
    }
    const rows = statement.all(...(parameters as Parameter[])) as unknown as unknown[][];
    return rows.map((values) => {
      const row: Record<string, unknown> = {};
      for (let column = 0; column < names.length; column++) row[names[column] ?? ""] = values[column];
      return row;
    });
  }

  #prepare(sql: string, kind: "as they are" | "renamed"): Prepared {
    const key = kind === "renamed" ? `renamed ${sql}` : sql;
    let prepared = this.#prepared.get(key);
    if (!prepared) {
      if (this.#prepared.size >= preparedAtMost) this.#prepared.clear();
      const statement = this.database.prepare(sql);
      statement.setReturnArrays(kind === "renamed");
      prepared = { statement, names: statement.columns().map(({ name }) => camelCase(name)) };
      this.#prepared.set(key, prepared);
    }
    return prepared;
  }
}

function camelCase(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** Somebody else holds the lock that is needed. */
export function isBusy(error: unknown): boolean {
  return (
    error instanceof Error && "errcode" in error && typeof error.errcode === "number" && (error.errcode & 0xff) === 5
  );
}
