import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { managementKeyOutput } from "#domain/management-key-output.ts";
import { grantOf, revokeManagementKey as revoke } from "#storage/management-keys.ts";
import { transact } from "#storage/transaction.ts";

export async function revokeManagementKey(
  { db, now }: Context,
  _: CallerOf<"revokeManagementKey">,
  { keyId }: InputOf<"revokeManagementKey">,
): Promise<Answer<"revokeManagementKey">> {
  const revoked = await transact(db, async (tx) => {
    const key = await revoke(tx, keyId, now);
    return key ? { key } : ({ refused: "managementKeyNotFound" } as const);
  });
  if (revoked.refused) return refuse(revoked.refused);
  return done({ managementKey: managementKeyOutput(revoked.key, grantOf(revoked.key)) });
}
