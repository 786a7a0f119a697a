import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { managementKeyOutput } from "#domain/management-key-output.ts";
import { grantOf, revokeManagementKey as revoke } from "#storage/management-keys.ts";
import { transact } from "#storage/transaction.ts";
import { recordAudit } from "#steps/record-audit.ts";

/** With the keys that it made, and so on: what a stolen key has planted goes with it (MG-KEY-4). */
export async function revokeManagementKey(
  context: Context,
  _: CallerOf<"revokeManagementKey">,
  { keyId }: InputOf<"revokeManagementKey">,
): Promise<Answer<"revokeManagementKey">> {
  const revoked = await transact(context.db, async (tx) => {
    const keys = await revoke(tx, keyId, context.now);
    for (const key of keys) {
      const after = managementKeyOutput(key, grantOf(key));
      const { revokedAt: _, ...before } = after;
      await recordAudit(tx, context, { record: "managementKey", id: key.id, before, after });
    }
    return keys[0] ? { key: keys[0] } : ({ refused: "managementKeyNotFound" } as const);
  });
  if (revoked.refused) return refuse(revoked.refused);
  return done({ managementKey: managementKeyOutput(revoked.key, grantOf(revoked.key)) });
}
