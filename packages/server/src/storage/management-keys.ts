import type { Scope } from "@latchkey/protocol";
import type { Page } from "./page.ts";
import { first, statement } from "./statement.ts";
import type { Db } from "./tables.ts";
import type { ManagementKey, ManagementKeyId } from "./tables-operators.ts";

export const findManagementKey = first(
  statement<{ id: string }, ManagementKey>((db, given) =>
    db
      .selectFrom("managementKey")
      .selectAll()
      .where("id", "=", given("id") as ManagementKeyId),
  ),
);

/** What a key allows, as it was written when it was made. */
export function grantOf({ scopes, applicationIds }: ManagementKey) {
  return {
    scopes: JSON.parse(scopes) as readonly Scope[],
    applicationIds: applicationIds === null ? "all" : (JSON.parse(applicationIds) as readonly string[]),
  } as const;
}

/** `false`: the key that makes it was revoked or has expired meanwhile. */
export async function insertManagementKey(tx: Db, key: ManagementKey): Promise<boolean> {
  if (key.parentId !== null && !(await lockGoodKey(tx, key.parentId, key.createdAt))) return false;
  await tx.insertInto("managementKey").values(key).execute();
  return true;
}

/** Keeps whoever would revoke it waiting, so that a key that is being made is revoked with it. */
async function lockGoodKey(tx: Db, id: ManagementKeyId, now: number): Promise<boolean> {
  const locked = await tx
    .updateTable("managementKey")
    .set((e) => ({ id: e.ref("id") }))
    .where("id", "=", id)
    .where("revokedAt", "is", null)
    .where((e) => e.or([e("expiresAt", "is", null), e("expiresAt", ">", now)]))
    .returning("id")
    .executeTakeFirst();
  return locked !== undefined;
}

export function listManagementKeys(db: Db, { limit, after }: Page): Promise<ManagementKey[]> {
  return db
    .selectFrom("managementKey")
    .selectAll()
    .$if(after !== undefined, (q) =>
      q.where((e) =>
        e(e.refTuple("createdAt", "id"), ">", e.tuple(after?.createdAt ?? 0, (after?.id ?? "") as ManagementKeyId)),
      ),
    )
    .orderBy("createdAt")
    .orderBy("id")
    .limit(limit)
    .execute();
}

/** Revokes a key and those that it made, and so on; answers them. None: there is no such key, or it was revoked before. */
export async function revokeManagementKey(tx: Db, id: string, now: number): Promise<ManagementKey[]> {
  const revoked: ManagementKey[] = [];
  let next = await revokeWhere(tx, now, "id", [id as ManagementKeyId]);
  while (next.length > 0) {
    revoked.push(...next);
    next = await revokeWhere(
      tx,
      now,
      "parentId",
      next.map((key) => key.id),
    );
  }
  return revoked;
}

function revokeWhere(tx: Db, now: number, field: "id" | "parentId", ids: readonly ManagementKeyId[]) {
  return tx
    .updateTable("managementKey")
    .set({ revokedAt: now })
    .where(field, "in", ids)
    .where("revokedAt", "is", null)
    .returningAll()
    .execute();
}

export async function noteKeyUse(
  db: Db,
  { id, now, before }: { readonly id: ManagementKeyId; readonly now: number; readonly before: number },
): Promise<void> {
  await db
    .updateTable("managementKey")
    .set({ lastUsedAt: now })
    .where("id", "=", id)
    .where((e) => e.or([e("lastUsedAt", "is", null), e("lastUsedAt", "<=", before)]))
    .execute();
}
