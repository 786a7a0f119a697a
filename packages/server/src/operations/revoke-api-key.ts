import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse, settingsOf } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import { untilForgotten } from "#cluster/remembered-applications.ts";
import type { Context } from "#context.ts";
import { applicationOutput } from "#domain/application-output.ts";
import { findApplication, readableKeys, removeKey } from "#storage/applications.ts";

export async function revokeApiKey(
  { db }: Context,
  _: CallerOf<"revokeApiKey">,
  { applicationId, keyKind }: InputOf<"revokeApiKey">,
): Promise<Answer<"revokeApiKey">> {
  const application = await findApplication(db, { id: applicationId });
  if (!application) return refuse("applicationNotFound");
  if (!(await removeKey(db, application.id, keyKind))) return refuse("apiKeyNotFound");
  await untilForgotten();
  const keys = await readableKeys(db, application.id);
  return done({ application: applicationOutput(application, settingsOf(application), keys) });
}
