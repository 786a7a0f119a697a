import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { findSession } from "#storage/sessions.ts";
import { transact } from "#storage/transaction.ts";
import { endOneSession } from "#steps/end-one-session.ts";

/** Ends a session for good. A live client is told and disconnected (4100); a user token names nothing any more. */
export async function endSession(
  context: Context,
  _: CallerOf<"endSession">,
  { sessionId, applicationId }: InputOf<"endSession">,
): Promise<Answer<"endSession">> {
  const { db, changeLog } = context;
  const { refused } = await transact(db, async (tx) => {
    const found = await findSession(tx, sessionId);
    const isNamed = found && (applicationId === undefined || found.applicationId === applicationId);
    const ended = isNamed && (await endOneSession(context, tx, found));
    return ended ? {} : ({ refused: "sessionNotFound" } as const);
  });
  if (refused) return refuse(refused);
  await changeLog.wake();
  return done({});
}
