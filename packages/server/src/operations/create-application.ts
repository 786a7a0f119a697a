import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse, settingsOf } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { isApplicationName } from "#domain/application-name.ts";
import { applicationOutput } from "#domain/application-output.ts";
import { newObjectId, newWebsocketApiKey } from "#crypto/tokens.ts";
import { insertApplication } from "#storage/applications.ts";
import type { ApplicationId } from "#storage/tables.ts";
import { transact } from "#storage/transaction.ts";
import { newApiKeys } from "#steps/new-api-keys.ts";
import { recordApplication } from "#steps/record-application.ts";

/** Creates an application with one key of each kind; the BL key is shown in this answer and never again (US-ADMIN-3). */
export async function createApplication(
  context: Context,
  _: CallerOf<"createApplication">,
  { name, version = "1.0", settings = {} }: InputOf<"createApplication">,
): Promise<Answer<"createApplication">> {
  if (!isApplicationName(name)) return refuse("applicationNameInvalid");
  const { db, now } = context;
  const keys = newApiKeys();
  const application = {
    id: newObjectId<ApplicationId>(),
    name,
    version,
    websocketApiKey: newWebsocketApiKey(),
    settings: JSON.stringify(settings),
    createdAt: now,
    pausedAt: null,
  };
  await transact(db, async (tx) => {
    await insertApplication(tx, application, keys.stored);
    await recordApplication(tx, context, undefined, application);
    return {};
  });
  return done({
    application: applicationOutput(application, settingsOf(application), keys.shown),
  });
}
