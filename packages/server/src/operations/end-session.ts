import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { appendChange } from "#storage/changes.ts";
import { takeSession } from "#storage/sessions.ts";
import { transact } from "#storage/transaction.ts";

/** Ends a session for good. A live client is told and disconnected (4100); a user token names nothing any more. */
export async function endSession(
  { db, now, changeLog }: Context,
  _: CallerOf<"endSession">,
  { sessionId }: InputOf<"endSession">,
): Promise<Answer<"endSession">> {
  const ended = await transact(db, async (tx) => {
    const session = await takeSession(tx, sessionId);
    if (!session) return { refused: "sessionNotFound" } as const;
    await appendChange(tx, { event: "disconnect", applicationId: session.applicationId, sessionId: session.id }, now);
    return {};
  });
  changeLog.wake();
  return ended.refused ? refuse(ended.refused) : done({});
}
