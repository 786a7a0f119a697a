import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { columnOutput } from "#domain/column-output.ts";
import { findApplication } from "#storage/applications.ts";
import { columnsOf } from "#storage/columns.ts";

export async function listColumns(
  { db }: Context,
  _: CallerOf<"listColumns">,
  { applicationId }: InputOf<"listColumns">,
): Promise<Answer<"listColumns">> {
  const application = await findApplication(db, { id: applicationId });
  if (!application) return refuse("applicationNotFound");
  const columns = await columnsOf(db, { applicationId: application.id });
  return done({ columns: columns.map(columnOutput) });
}
