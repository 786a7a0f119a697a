import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import { untilForgotten } from "#cluster/remembered-applications.ts";
import type { Context } from "#context.ts";
import { hostName } from "#domain/host-name.ts";
import { findKey, lockApplication } from "#storage/applications.ts";
import { bindHost as bind } from "#storage/hosts.ts";
import { transact } from "#storage/transaction.ts";
import { recordAudit } from "#steps/record-audit.ts";

/** Lets a host name act for an application, with the rights of one of its client keys (US-ADDR-2, 3). */
export async function bindHost(
  context: Context,
  _: CallerOf<"bindHost">,
  { applicationId, host: given, keyKind = "JS" }: InputOf<"bindHost">,
): Promise<Answer<"bindHost">> {
  const host = hostName(given);
  if (host === undefined) return refuse("hostInvalid");
  const { refused } = await transact(context.db, async (tx) => {
    const application = await lockApplication(tx, applicationId);
    if (!application) return { refused: "applicationNotFound" } as const;
    const key = await findKey(tx, application.id, keyKind);
    if (!key) return { refused: "apiKeyNotFound" } as const;
    const isBound = await bind(tx, { host, applicationId: application.id, keyHash: key.keyHash });
    if (!isBound) return { refused: "hostTaken" } as const;
    await recordAudit(tx, context, { record: "host", id: host, applicationId, after: { host, keyKind } });
    return {};
  });
  if (refused) return refuse(refused);
  // It may have acted with another key of the application before.
  await untilForgotten();
  return done({ host, keyKind });
}
