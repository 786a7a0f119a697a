import type { OutputOf, Scope } from "@latchkey/protocol";
import type { ManagementKey } from "#storage/tables-operators.ts";

type Output = OutputOf<"createManagementKey">["managementKey"];

/** A management key as it may be seen again. */
export function managementKeyOutput(
  key: ManagementKey,
  { scopes, applicationIds }: { readonly scopes: readonly Scope[]; readonly applicationIds: readonly string[] | "all" },
): Output {
  const { id, name, lastFour, createdBy, createdAt, expiresAt, lastUsedAt, revokedAt } = key;
  return {
    id,
    name,
    scopes: [...scopes],
    ...(applicationIds !== "all" && { applicationIds: [...applicationIds] }),
    lastFour,
    createdBy,
    createdAt,
    ...(expiresAt !== null && { expiresAt }),
    ...(lastUsedAt !== null && { lastUsedAt }),
    ...(revokedAt !== null && { revokedAt }),
  };
}
