import { operatorSessionBounds, scopesOfRole } from "@latchkey/protocol";
import type { Operator } from "./caller.ts";
import type { Resources } from "./context.ts";
import { readManagementKey } from "#crypto/management-key-text.ts";
import { sha256 } from "#crypto/tokens.ts";
import { findManagementKey, grantOf } from "#storage/management-keys.ts";
import { findHeldSession } from "#storage/operator-sessions.ts";

/** Who a management key speaks for; `undefined`: it is none, or good no more (MG-KEY-1, 3). */
export async function callerByKey(
  { db, clock, lastUse, operatorSecrets }: Resources,
  text: string,
): Promise<Operator | undefined> {
  const given = readManagementKey(text);
  const key = given && (await findManagementKey(db, given));
  if (!key || !operatorSecrets.managementKeys.matches(given.secret, key.secretHash)) return undefined;
  const now = clock.now();
  if (key.revokedAt !== null || (key.expiresAt !== null && key.expiresAt <= now)) return undefined;
  lastUse.ofKey(key.id, key.lastUsedAt, now);
  const { scopes, applicationIds } = grantOf(key);
  return {
    kind: "key",
    id: key.id,
    name: key.name,
    scopes: new Set(scopes),
    applicationIds: applicationIds === "all" ? "all" : new Set(applicationIds),
  };
}

/** The operator whose session a secret names, with what the role of this moment allows (MG-SIGN-4, 5). */
export async function callerByCookie({ db, clock, lastUse }: Resources, secret: string): Promise<Operator | undefined> {
  const now = clock.now();
  const held = await findHeldSession(db, { secretHash: sha256(secret), ...operatorSessionBounds(now) });
  if (!held) return undefined;
  lastUse.ofSession(held.sessionId, held.lastSeenAt, now);
  const { id, name, role, sessionId } = held;
  return { kind: "operator", id, name, scopes: new Set(scopesOfRole[role]), applicationIds: "all", sessionId };
}
