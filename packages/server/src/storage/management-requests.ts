import type { Db } from "./tables.ts";
import type { ManagementRequest } from "./tables-management.ts";

type Name = Pick<ManagementRequest, "caller" | "key">;

/** Takes a request for one run of it, in the transaction of the change. `false`: another run has it. */
export async function claimManagementRequest(
  tx: Db,
  request: Omit<ManagementRequest, "sealedAnswer">,
): Promise<boolean> {
  const claimed = await tx
    .insertInto("managementRequest")
    .values({ ...request, sealedAnswer: null })
    // Of an operation that changes several things, this is not the first.
    .onConflict((c) =>
      c
        .columns(["caller", "key"])
        .doUpdateSet({ claimedAt: request.claimedAt })
        .where("managementRequest.runId", "=", request.runId),
    )
    .returning("runId")
    .executeTakeFirst();
  return claimed !== undefined;
}

export function findManagementRequest(db: Db, { caller, key }: Name): Promise<ManagementRequest | undefined> {
  return db
    .selectFrom("managementRequest")
    .selectAll()
    .where("caller", "=", caller)
    .where("key", "=", key)
    .executeTakeFirst();
}

export async function keepManagementAnswer(db: Db, runId: string, name: Name, sealedAnswer: string): Promise<void> {
  await db
    .updateTable("managementRequest")
    .set({ sealedAnswer })
    .where("caller", "=", name.caller)
    .where("key", "=", name.key)
    .where("runId", "=", runId)
    .execute();
}

export async function pruneManagementRequests(db: Db, before: number): Promise<void> {
  await db.deleteFrom("managementRequest").where("claimedAt", "<", before).execute();
}
