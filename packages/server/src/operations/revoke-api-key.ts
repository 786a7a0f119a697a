import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse, settingsOf } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import { untilForgotten } from "#cluster/remembered-applications.ts";
import type { Context } from "#context.ts";
import { applicationOutput } from "#domain/application-output.ts";
import { findApplication, readableKeys, removeKey } from "#storage/applications.ts";
import type { Decision } from "#domain/decision.ts";
import { transact } from "#storage/transaction.ts";
import { recordAudit } from "#steps/record-audit.ts";

export async function revokeApiKey(
  context: Context,
  _: CallerOf<"revokeApiKey">,
  { applicationId, keyKind }: InputOf<"revokeApiKey">,
): Promise<Answer<"revokeApiKey">> {
  const { db } = context;
  const application = await findApplication(db, { id: applicationId });
  if (!application) return refuse("applicationNotFound");
  const revoked = await transact<Decision<object, "apiKeyNotFound">>(db, async (tx) => {
    if (!(await removeKey(tx, application.id, keyKind))) return { refused: "apiKeyNotFound" };
    await recordAudit(tx, context, { record: "apiKey", id: keyKind, applicationId });
    return {};
  });
  if (revoked.refused) return refuse(revoked.refused);
  await untilForgotten();
  const keys = await readableKeys(db, application.id);
  return done({ application: applicationOutput(application, settingsOf(application), keys) });
}
