import { byText, type Listing } from "./listing.ts";
import { narrowed, only } from "./narrowing.ts";
import { first, statement } from "./statement.ts";
import type { ApplicationId, Db, Variable } from "./tables.ts";
import { hasText } from "./text-search.ts";

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

/** The variables of an application whose names have a text in them. */
export function variableListing(
  applicationId: ApplicationId,
  { search, visibility }: { readonly search?: string | undefined; readonly visibility?: Variable["visibility"] },
): Listing {
  const { within, filters } = narrowed([
    { column: "variable.applicationId", values: [applicationId] },
    { column: "variable.visibility", values: only(visibility) },
  ]);
  const named = search === undefined ? [] : [hasText<"variable">(["variable.name"], search)];
  return { from: "variable", within, filters: [...filters, ...named], sort: { by: [byText("variable.name")] } };
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
