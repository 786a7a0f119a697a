import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { endOfAccount, useAuthorization } from "#storage/authorizations.ts";
import { appendChange } from "#storage/changes.ts";
import type { Db } from "#storage/tables.ts";
import { endAttachedTo } from "#steps/end-attached.ts";
import { once } from "#steps/once.ts";

/** Ends one session of the caller's account, or all but the caller's own; who is connected is told by event 813. */
export async function endSessions(
  context: Context,
  caller: CallerOf<"endSessions">,
  { sessionId }: InputOf<"endSessions">,
): Promise<Answer<"endSessions">> {
  const ended = await once(context, caller, (tx) => end(context, tx, caller, sessionId));
  if (ended.refused) return refuse(ended.refused);
  context.changeLog.wake();
  return done(ended.output);
}

async function end({ now }: Context, tx: Db, { session, authorization }: CallerOf<"endSessions">, only?: string) {
  const named = { sessionId: session.id, secretHash: session.secretHash, authorizationId: authorization.id, now };
  if (!(await useAuthorization(tx, named))) return { refused: "notAuthorized" } as const;
  const { accountId, attachedTo } = authorization;
  const own = [session.id, ...(attachedTo ? [attachedTo] : [])];
  const ended = await endOfAccount(tx, accountId, only === undefined ? { except: own } : { only });
  if (only !== undefined && ended.length === 0) return { refused: "sessionNotFound" } as const;
  for (const { id, door, applicationId } of ended) {
    if (door === "user-service") await endAttachedTo(tx, id, "user", now);
    else await appendChange(tx, { event: "sessionEnded", applicationId, sessionId: id, content: { by: "user" } }, now);
  }
  return { output: { ended: ended.length } };
}
