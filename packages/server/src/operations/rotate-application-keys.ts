import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse, settingsOf } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import { untilForgotten } from "#cluster/remembered-applications.ts";
import type { Context } from "#context.ts";
import { newWebsocketApiKey } from "#crypto/tokens.ts";
import { applicationOutput } from "#domain/application-output.ts";
import { replaceKeys } from "#storage/applications.ts";
import { newApiKeys } from "#steps/new-api-keys.ts";
import { transact } from "#storage/transaction.ts";
import { recordAudit } from "#steps/record-audit.ts";

/** Replaces every key; clients that run go on until they connect again. The BL key is shown in this answer only. */
export async function rotateApplicationKeys(
  context: Context,
  _: CallerOf<"rotateApplicationKeys">,
  { applicationId }: InputOf<"rotateApplicationKeys">,
): Promise<Answer<"rotateApplicationKeys">> {
  const { db, now } = context;
  const keys = newApiKeys();
  const rotated = await transact(db, async (tx) => {
    const application = await replaceKeys(tx, applicationId, newWebsocketApiKey(), keys.stored, now);
    if (!application) return { refused: "applicationNotFound" } as const;
    await recordAudit(tx, context, { record: "application", id: application.id, applicationId });
    return { application };
  });
  if (rotated.refused) return refuse(rotated.refused);
  const { application } = rotated;
  await untilForgotten();
  return done({ application: applicationOutput(application, settingsOf(application), keys.shown) });
}
