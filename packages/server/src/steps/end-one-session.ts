import type { Context } from "#context.ts";
import { appendChange } from "#storage/changes.ts";
import { takeSession } from "#storage/sessions.ts";
import type { Db, Session } from "#storage/tables.ts";
import { endUserSession } from "#storage/user-sessions.ts";
import { endAttachedTo } from "./end-attached.ts";
import { recordAudit } from "./record-audit.ts";

/** Ends a session for good, as its operator. `undefined`: it has ended. */
export async function endOneSession(context: Context, tx: Db, found: Session): Promise<Session | undefined> {
  const { now } = context;
  // A user token and the connections attached to it are one (LP-ATT-1).
  const token = found.attachedTo ?? (found.door === "user-service" ? found.id : null);
  if (token) await endUserSession(tx, { id: token });
  const session = await takeSession(tx, found.id);
  if (!session) return undefined;
  if (token) await endAttachedTo(tx, token, "operator", now);
  await appendChange(tx, { event: "disconnect", applicationId: session.applicationId, sessionId: session.id }, now);
  const { id, door, clientId, accountId, applicationId } = session;
  await recordAudit(tx, context, {
    record: "session",
    id,
    applicationId,
    before: { door, ...(clientId !== null && { clientId }), ...(accountId !== null && { accountId }) },
  });
  return session;
}
