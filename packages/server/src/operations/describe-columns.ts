import type { Answer } from "@latchkey/protocol";
import { done, settingsOf } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { describeColumns as describe } from "#domain/user-columns.ts";
import { findApplication } from "#storage/applications.ts";
import { columnsOf } from "#storage/columns.ts";

/** Tells which columns accounts have (US-DATA-13). */
export async function describeColumns(
  { db }: Context,
  { applicationId }: CallerOf<"describeColumns">,
): Promise<Answer<"describeColumns">> {
  const application = await findApplication(db, { id: applicationId });
  if (!application) return done({ columns: [] });
  const columns = await columnsOf(db, { applicationId });
  return done({ columns: describe(columns, settingsOf(application).identityColumn) });
}
