import { type Answer, done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { endAuthorization } from "#storage/sessions.ts";

/**
 * Ends the authorization of the caller's own session, on disk before it is answered. The session of a live connection
 * stays open and initialized; a user token names nothing any more.
 */
export async function logout(
  { db, roster }: Context,
  { session, authorization }: CallerOf<"logout">,
): Promise<Answer<"logout">> {
  if (!session || !authorization) return refuse("notAuthorized");
  const ended = await endAuthorization(db, { sessionId: session.id, authorizationId: authorization.id });
  if (!ended) return refuse("notAuthorized");
  roster.update(session.id, undefined);
  return done({});
}
