import { type Answer, done } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { systemRoles } from "#domain/roles.ts";
import { providerOfSession } from "#storage/user-sessions.ts";

/** The roles of this very call (US-ROLE-1). */
export async function getUserRoles({ db }: Context, caller: CallerOf<"getUserRoles">): Promise<Answer<"getUserRoles">> {
  const { keyKind, session, authorization } = caller;
  const provider = session && (await providerOfSession(db, session.id));
  return done({ roles: systemRoles(keyKind, authorization !== undefined, provider) });
}
