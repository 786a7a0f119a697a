import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse, settingsOf } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { applicationOutput } from "#domain/application-output.ts";
import { findApplication, readableKeys } from "#storage/applications.ts";

export async function showApplication(
  { db }: Context,
  _: CallerOf<"showApplication">,
  { applicationId }: InputOf<"showApplication">,
): Promise<Answer<"showApplication">> {
  const application = await findApplication(db, { id: applicationId });
  if (!application) return refuse("applicationNotFound");
  return done({
    application: applicationOutput(application, settingsOf(application), await readableKeys(db, application.id)),
  });
}
