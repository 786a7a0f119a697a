import type { Caller } from "#caller.ts";
import type { Context } from "#context.ts";
import { findAuthorization } from "#storage/authorizations.ts";

/** Whether the authorization of a live caller, if it has one, has neither ended nor been replaced up to now. */
export async function isStillAuthorized(
  { db, roster }: Context,
  { door, session, authorization }: Caller,
): Promise<boolean> {
  if (door !== "live" || !session || !authorization) return true;
  const named = { sessionId: session.id, authorizationId: authorization.id };
  if (!(await findAuthorization(db, named))) return false;
  // A logout that was answered while the row was on its way.
  return roster.get(session.id)?.authorization?.id === authorization.id;
}
