import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { variableOutput } from "#domain/variable-output.ts";
import { findApplication } from "#storage/applications.ts";
import type { Variable } from "#storage/tables.ts";
import { variableListing } from "#storage/variables.ts";
import { readList } from "#steps/read-list.ts";

export async function listVariables(
  { db }: Context,
  _: CallerOf<"listVariables">,
  { applicationId, search, public: isPublic, ...page }: InputOf<"listVariables">,
): Promise<Answer<"listVariables">> {
  const application = await findApplication(db, { id: applicationId });
  if (!application) return refuse("applicationNotFound");
  const visibility = isPublic ? "public" : "protected";
  const filter = { search, ...(isPublic !== undefined && ({ visibility } as const)) };
  const found = await readList<Variable, "name">(db, page, "name", () => variableListing(application.id, filter));
  if (found.refused) return refuse(found.refused);
  return done({ variables: found.rows.map(variableOutput), ...found.next });
}
