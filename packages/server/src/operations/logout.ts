import { type Answer, done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { endAuthorization, endUnsharedAuthorization } from "#storage/authorizations.ts";
import { endUserSession } from "#storage/user-sessions.ts";
import { endAttachedTo } from "#steps/end-attached.ts";
import { once } from "#steps/once.ts";

/**
 * Ends the authorization of the caller's own session, on disk before it is answered. The session of a live connection
 * stays open and initialized; a user token names nothing any more, and whatever is attached to it goes with it.
 */
export async function logout(context: Context, caller: CallerOf<"logout">): Promise<Answer<"logout">> {
  const { session, authorization } = caller;
  if (!session || !authorization) return refuse("notAuthorized");
  const { id: sessionId, secretHash } = session;
  // Mostly nothing shares it: then nobody has to be told, and one statement does it.
  if (caller.door === "user-service") {
    const { id: authorizationId } = authorization;
    if (await endUnsharedAuthorization(context.db, { sessionId, secretHash, authorizationId })) return done({});
  }
  const ended = await once(context, caller, async (tx) => {
    const { id: authorizationId, attachedTo } = authorization;
    if (attachedTo) await endUserSession(tx, { id: attachedTo });
    if (!(await endAuthorization(tx, { sessionId, secretHash, authorizationId }))) {
      return { refused: "notAuthorized" } as const;
    }
    const userSessionId = attachedTo ?? (caller.door === "user-service" ? sessionId : undefined);
    return { hasOthers: userSessionId !== undefined && (await endAttachedTo(tx, userSessionId, "user", context.now)) };
  });
  if (ended.refused) return refuse(ended.refused);
  context.roster.update(session, undefined);
  if (ended.hasOthers) await context.changeLog.wake();
  return done({});
}
