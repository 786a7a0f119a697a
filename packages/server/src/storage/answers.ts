import { first, statement } from "./statement.ts";
import type { Answered, Db } from "./tables.ts";

/** Keeps the answer to a request. No row: it has been answered already. */
export const insertAnswer = first(
  statement<Answered, { type: number }>((db, given) =>
    db
      .insertInto("answer")
      .values({
        sessionId: given("sessionId"),
        requestId: given("requestId"),
        type: given("type"),
        output: given("output"),
        answeredAt: given("answeredAt"),
      })
      .onConflict((c) => c.doNothing())
      .returning("type"),
  ),
);

export const findAnswer = first(
  statement<Pick<Answered, "sessionId" | "requestId" | "type">, Answered>((db, given) =>
    db
      .selectFrom("answer")
      .selectAll()
      .where("sessionId", "=", given("sessionId"))
      .where("requestId", "=", given("requestId"))
      .where("type", "=", given("type")),
  ),
);

/** Drops answers that nobody can be waiting for any more. */
export async function pruneAnswers(db: Db, before: number): Promise<void> {
  await db.deleteFrom("answer").where("answeredAt", "<", before).execute();
}
