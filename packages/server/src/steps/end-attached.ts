import { appendChange } from "#storage/changes.ts";
import { endAttached } from "#storage/authorizations.ts";
import type { Db, SessionId } from "#storage/tables.ts";

/**
 * Ends the authorizations of the live connections that are attached to a user-service session that has ended, and says
 * so in the log. Answers whether there were any.
 */
export async function endAttachedTo(
  tx: Db,
  userSessionId: SessionId,
  by: "user" | "operator" | "policy",
  now: number,
): Promise<boolean> {
  const attached = await endAttached(tx, { userSessionId });
  for (const { id: sessionId, applicationId } of attached) {
    await appendChange(tx, { event: "sessionEnded", applicationId, sessionId, content: { by } }, now);
  }
  return attached.length > 0;
}
