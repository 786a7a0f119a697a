import { type RawBuilder, sql } from "kysely";

/**
 * The same value as a column's, by which no index is looked for: a list is read along the index of its order, and a
 * database that guesses that another is better would sort everything that it finds there.
 */
export const unindexed = {
  text: (column: string): RawBuilder<string> => sql<string>`(${sql.ref(column)} || '')`,
  number: (column: string): RawBuilder<number> => sql<number>`(${sql.ref(column)} + 0)`,
};
