import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { appendChange } from "#storage/changes.ts";
import { findSession, takeSession } from "#storage/sessions.ts";
import { transact } from "#storage/transaction.ts";
import { endUserSession } from "#storage/user-sessions.ts";
import { endAttachedTo } from "#steps/end-attached.ts";
import { recordAudit } from "#steps/record-audit.ts";

/** Ends a session for good. A live client is told and disconnected (4100); a user token names nothing any more. */
export async function endSession(
  context: Context,
  _: CallerOf<"endSession">,
  { sessionId, applicationId }: InputOf<"endSession">,
): Promise<Answer<"endSession">> {
  const { db, now, changeLog } = context;
  const ended = await transact(db, async (tx) => {
    const found = await findSession(tx, sessionId);
    if (applicationId !== undefined && found?.applicationId !== applicationId)
      return { refused: "sessionNotFound" } as const;
    // A user token and the connections attached to it are one (LP-ATT-1).
    const token = found?.attachedTo ?? (found?.door === "user-service" ? found.id : null);
    if (token) await endUserSession(tx, { id: token });
    const session = await takeSession(tx, sessionId);
    if (!session) return { refused: "sessionNotFound" } as const;
    if (token) await endAttachedTo(tx, token, "operator", now);
    await appendChange(tx, { event: "disconnect", applicationId: session.applicationId, sessionId: session.id }, now);
    const { id, door, clientId, accountId } = session;
    await recordAudit(tx, context, {
      record: "session",
      id,
      applicationId: session.applicationId,
      before: { door, ...(clientId !== null && { clientId }), ...(accountId !== null && { accountId }) },
    });
    return {};
  });
  await changeLog.wake();
  return ended.refused ? refuse(ended.refused) : done({});
}
