import { type Answer, done } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { systemRoles } from "#domain/roles.ts";
import { rolesOfAccount } from "#storage/roles.ts";
import { providerOfSession } from "#storage/user-sessions.ts";

/** The roles of this very call: those of the system first, then its account's (US-ROLE-1). */
export async function getUserRoles(
  { db }: Context,
  { keyKind, session, authorization }: CallerOf<"getUserRoles">,
): Promise<Answer<"getUserRoles">> {
  const provider = session && (await providerOfSession(db, session.id));
  const ofAccount = authorization?.accountId ? await rolesOfAccount(db, authorization.accountId) : [];
  return done({ roles: [...systemRoles(keyKind, authorization !== undefined, provider), ...ofAccount] });
}
