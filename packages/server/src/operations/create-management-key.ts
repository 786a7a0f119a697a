import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import { type CallerOf, mayGive } from "#caller.ts";
import type { Context } from "#context.ts";
import { writeManagementKey } from "#crypto/management-key-text.ts";
import { newLinkSecret, newManagementKeyId } from "#crypto/tokens.ts";
import { managementKeyOutput } from "#domain/management-key-output.ts";
import { nameFrom } from "#domain/operator-terms.ts";
import { findApplication } from "#storage/applications.ts";
import { findManagementKey, grantOf, insertManagementKey } from "#storage/management-keys.ts";
import type { ManagementKey, ManagementKeyId } from "#storage/tables-operators.ts";
import { transact } from "#storage/transaction.ts";
import { recordAudit } from "#steps/record-audit.ts";

/** Nobody gives a key more than they have: scopes, applications and, where it is a key that asks, time (MG-KEY-2). */
export async function createManagementKey(
  context: Context,
  caller: CallerOf<"createManagementKey">,
  { name: given, scopes, applicationIds, expiresAt }: InputOf<"createManagementKey">,
): Promise<Answer<"createManagementKey">> {
  const { db, now, actor, operatorSecrets } = context;
  const name = nameFrom(given);
  if (name === undefined) return refuse("nameInvalid");
  if (expiresAt !== undefined && expiresAt <= now) return refuse("expiryInvalid");
  if (!mayGive(caller, { scopes, applicationIds: applicationIds ?? "all" })) return refuse("grantTooWide");
  for (const id of applicationIds ?? []) if (!(await findApplication(db, { id }))) return refuse("applicationNotFound");
  const parent = caller.operator?.kind === "key" ? await findManagementKey(db, caller.operator) : undefined;
  const latestEnd = parent?.expiresAt ?? Infinity;
  if ((expiresAt ?? Infinity) > latestEnd) return refuse("grantTooWide");

  const secret = newLinkSecret();
  const key: ManagementKey = {
    id: newManagementKeyId<ManagementKeyId>(),
    secretHash: operatorSecrets.managementKeys.of(secret),
    lastFour: secret.slice(-4),
    name,
    scopes: JSON.stringify([...new Set(scopes)]),
    applicationIds: applicationIds ? JSON.stringify([...new Set(applicationIds)]) : null,
    createdBy: actor.name ?? actor.kind,
    parentId: parent?.id ?? null,
    createdAt: now,
    expiresAt: expiresAt ?? null,
    lastUsedAt: null,
    revokedAt: null,
  };
  const shown = managementKeyOutput(key, grantOf(key));
  const made = await transact(db, async (tx) => {
    if (!(await insertManagementKey(tx, key))) return { refused: "grantTooWide" } as const;
    await recordAudit(tx, context, { record: "managementKey", id: key.id, after: shown });
    return {};
  });
  return made.refused
    ? refuse(made.refused)
    : done({ managementKey: shown, key: writeManagementKey({ id: key.id, secret }) });
}
