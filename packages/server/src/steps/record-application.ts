import { settingsOf } from "@latchkey/protocol";
import { applicationOutput } from "#domain/application-output.ts";
import type { Application, Db } from "#storage/tables.ts";
import { recordAudit, type Recording } from "./record-audit.ts";

type Shown = Omit<Application, "accountCount">;

/** Puts what becomes of an application into the audit log; `undefined`: it is not there yet, or not any more. */
export async function recordApplication(
  tx: Db,
  context: Recording,
  before: Shown | undefined,
  after: Shown | undefined,
): Promise<void> {
  const id = (after ?? before)?.id;
  if (id === undefined) return;
  await recordAudit(tx, context, {
    record: "application",
    id,
    applicationId: id,
    before: before && shown(before),
    after: after && shown(after),
  });
}

/** As operators see it, without its keys. */
function shown(application: Shown): object {
  const { websocketApiKey: _, apiKeys: __, ...output } = applicationOutput(application, settingsOf(application), {});
  return output;
}
