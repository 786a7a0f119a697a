import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { variableOutput } from "#domain/variable-output.ts";
import { findApplication } from "#storage/applications.ts";
import { listVariables as list } from "#storage/variables.ts";

export async function listVariables(
  { db }: Context,
  _: CallerOf<"listVariables">,
  { applicationId }: InputOf<"listVariables">,
): Promise<Answer<"listVariables">> {
  const application = await findApplication(db, { id: applicationId });
  if (!application) return refuse("applicationNotFound");
  return done({ variables: (await list(db, application.id)).map(variableOutput) });
}
