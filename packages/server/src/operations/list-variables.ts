import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { findApplication } from "#storage/applications.ts";
import { listVariables as list } from "#storage/variables.ts";

export async function listVariables(
  { db }: Context,
  _: CallerOf<"listVariables">,
  { applicationId }: InputOf<"listVariables">,
): Promise<Answer<"listVariables">> {
  const application = await findApplication(db, { id: applicationId });
  if (!application) return refuse("applicationNotFound");
  const rows = await list(db, application.id);
  return done({
    variables: rows.map(({ name, content, visibility }) => ({ name, content, public: visibility === "public" })),
  });
}
