import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse, settingsOf } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import { untilForgotten } from "#cluster/remembered-applications.ts";
import type { Context } from "#context.ts";
import { newWebsocketApiKey } from "#crypto/tokens.ts";
import { applicationOutput } from "#domain/application-output.ts";
import { replaceKeys } from "#storage/applications.ts";
import { newApiKeys } from "#steps/new-api-keys.ts";

/** Replaces every key; clients that run go on until they connect again. The BL key is shown in this answer only. */
export async function rotateApplicationKeys(
  { db, now }: Context,
  _: CallerOf<"rotateApplicationKeys">,
  { applicationId }: InputOf<"rotateApplicationKeys">,
): Promise<Answer<"rotateApplicationKeys">> {
  const keys = newApiKeys();
  const application = await db
    .transaction()
    .execute((tx) => replaceKeys(tx, applicationId, newWebsocketApiKey(), keys.stored, now));
  if (!application) return refuse("applicationNotFound");
  await untilForgotten();
  return done({ application: applicationOutput(application, settingsOf(application), keys.shown) });
}
