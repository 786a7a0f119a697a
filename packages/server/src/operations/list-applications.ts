import { type Answer, done, settingsOf } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { applicationOutput } from "#domain/application-output.ts";
import { listApplications as list, readableKeys } from "#storage/applications.ts";

export async function listApplications(
  { db }: Context,
  _: CallerOf<"listApplications">,
): Promise<Answer<"listApplications">> {
  const rows = await list(db);
  const keys = await Promise.all(rows.map(({ id }) => readableKeys(db, id)));
  return done({ applications: rows.map((row, i) => applicationOutput(row, settingsOf(row), keys[i] ?? {})) });
}
