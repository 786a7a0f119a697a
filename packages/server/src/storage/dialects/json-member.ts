import { type Expression, type RawBuilder, sql } from "kysely";
import { isDirect } from "./direct.ts";

/** The JSON texts of one database, taken apart by its own functions. */
interface JsonMembers {
  /** A member as JSON; compares equal to `literal` of the same value, and is NULL when there is none. */
  member(object: Expression<string>, name: string): RawBuilder<unknown>;
  literal(json: string): RawBuilder<unknown>;
  /** The same for ordering. */
  sortable(object: Expression<string>, name: string): RawBuilder<unknown>;
  /** The object without a member. */
  without(object: Expression<string>, name: string): RawBuilder<string>;
  /** A table of the elements of an array, each in `value`. */
  elements(array: string): RawBuilder<unknown>;
}

/** The names are those of columns: letters, digits and underscores. */
const onSqlite: JsonMembers = {
  // As text: what is stored and what it is compared with are written by the same `JSON.stringify`.
  member: (object, name) => sql`${object} -> ${name}`,
  literal: (json) => sql`${json}`,
  sortable: (object, name) => sql`${object} ->> ${name}`,
  without: (object, name) => sql<string>`json_remove(${object}, ${`$.${name}`})`,
  elements: (array) => sql`json_each(${array})`,
};

const onPostgres: JsonMembers = {
  member: (object, name) => sql`(${object})::jsonb -> ${name}::text`,
  literal: (json) => sql`${json}::jsonb`,
  sortable: (object, name) => sql`nullif((${object})::jsonb -> ${name}::text, 'null'::jsonb)`,
  without: (object, name) => sql<string>`((${object})::jsonb - ${name}::text)::text`,
  elements: (array) => sql`json_array_elements(${array}::json)`,
};

/** How the database behind an executor reads JSON. */
export function jsonMembers(db: { getExecutor(): { readonly adapter: object } }): JsonMembers {
  return isDirect(db.getExecutor().adapter) ? onSqlite : onPostgres;
}
