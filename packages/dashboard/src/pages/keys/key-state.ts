import type { OutputOf } from "@latchkey/protocol";

export type ManagementKey = OutputOf<"listManagementKeys">["managementKeys"][number];
export type KeyState = "active" | "expiring" | "expired" | "revoked";

/** Time enough to put another key in its place. */
const soonMs = 14 * 86_400_000;

export function keyStateOf({ revokedAt, expiresAt = Infinity }: ManagementKey, now: number): KeyState {
  if (revokedAt !== undefined) return "revoked";
  if (expiresAt <= now) return "expired";
  return expiresAt - now < soonMs ? "expiring" : "active";
}
