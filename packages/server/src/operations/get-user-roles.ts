import { type Answer, done } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { systemRoles } from "#domain/roles.ts";

/** The roles of this very call (US-ROLE-1). */
export async function getUserRoles(_: Context, caller: CallerOf<"getUserRoles">): Promise<Answer<"getUserRoles">> {
  return done({ roles: systemRoles(caller.keyKind, caller.authorization !== undefined) });
}
