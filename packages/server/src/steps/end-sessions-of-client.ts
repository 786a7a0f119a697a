import { appendChange } from "#storage/changes.ts";
import { deleteSessionsOfClient } from "#storage/sessions.ts";
import type { ApplicationId, Db, SessionId } from "#storage/tables.ts";

/** Ends the live sessions of clients that are not wanted any more; who is connected is told and disconnected. */
export async function endSessionsOfClient(
  tx: Db,
  which: { readonly applicationId: ApplicationId; readonly kind: "client" | "address"; readonly value: string },
  now: number,
  except?: SessionId,
): Promise<void> {
  const { applicationId } = which;
  for (const { id: sessionId } of await deleteSessionsOfClient(tx, which, except)) {
    await appendChange(tx, { event: "disconnect", applicationId, sessionId }, now);
  }
}
