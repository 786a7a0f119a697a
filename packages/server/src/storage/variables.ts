import { first, statement } from "./statement.ts";
import type { ApplicationId, Db, Variable } from "./tables.ts";

export const findVariable = first(
  statement<{ applicationId: string; name: string }, Variable>((db, given) =>
    db
      .selectFrom("variable")
      .selectAll()
      .where("applicationId", "=", given("applicationId") as ApplicationId)
      .where("name", "=", given("name")),
  ),
);

export async function putVariable(db: Db, variable: Variable): Promise<void> {
  const { content, visibility, updatedAt } = variable;
  await db
    .insertInto("variable")
    .values(variable)
    .onConflict((c) => c.columns(["applicationId", "name"]).doUpdateSet({ content, visibility, updatedAt }))
    .execute();
}

export function listVariables(db: Db, applicationId: ApplicationId): Promise<Variable[]> {
  return db.selectFrom("variable").selectAll().where("applicationId", "=", applicationId).orderBy("name").execute();
}

/** `false`: there was none of that name. */
export async function removeVariable(db: Db, applicationId: string, name: string): Promise<boolean> {
  const removed = await db
    .deleteFrom("variable")
    .where("applicationId", "=", applicationId as ApplicationId)
    .where("name", "=", name)
    .returning("name")
    .executeTakeFirst();
  return removed !== undefined;
}
