import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse, settingsOf } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import { untilForgotten } from "#cluster/remembered-applications.ts";
import type { Context } from "#context.ts";
import { applicationOutput } from "#domain/application-output.ts";
import { lockApplication, readableKeys, replaceKey } from "#storage/applications.ts";
import { transact } from "#storage/transaction.ts";
import { newApiKey } from "#steps/new-api-keys.ts";
import { recordAudit } from "#steps/record-audit.ts";

/** Makes a new key of one kind; hosts that were bound to the old one go on with it. A BL key is shown in this answer only. */
export async function renewApiKey(
  context: Context,
  _: CallerOf<"renewApiKey">,
  { applicationId, keyKind }: InputOf<"renewApiKey">,
): Promise<Answer<"renewApiKey">> {
  const { db, now } = context;
  const { shown, stored } = newApiKey(keyKind);
  const renewed = await transact(db, async (tx) => {
    const application = await lockApplication(tx, applicationId);
    if (!application) return { refused: "applicationNotFound" } as const;
    await replaceKey(tx, application.id, stored, now);
    await recordAudit(tx, context, { record: "apiKey", id: keyKind, applicationId });
    return { application, keys: await readableKeys(tx, application.id) };
  });
  if (renewed.refused) return refuse(renewed.refused);
  await untilForgotten();
  const { application, keys } = renewed;
  return done({ application: applicationOutput(application, settingsOf(application), { ...keys, [keyKind]: shown }) });
}
