import { type Answer, done, settingsOf } from "@latchkey/protocol";
import { type CallerOf, sees } from "#caller.ts";
import type { Context } from "#context.ts";
import { applicationOutput } from "#domain/application-output.ts";
import { listApplications as list, readableKeys } from "#storage/applications.ts";

export async function listApplications(
  { db }: Context,
  caller: CallerOf<"listApplications">,
): Promise<Answer<"listApplications">> {
  const rows = (await list(db)).filter(({ id }) => sees(caller, id));
  const keys = await Promise.all(rows.map(({ id }) => readableKeys(db, id)));
  return done({ applications: rows.map((row, i) => applicationOutput(row, settingsOf(row), keys[i] ?? {})) });
}
