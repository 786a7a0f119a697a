import type { Db, NodeId } from "./tables.ts";

export async function insertNode(db: Db, id: NodeId, leaseUntil: number): Promise<void> {
  await db.insertInto("node").values({ id, leaseUntil }).execute();
}

/** `false`: the lease ran out before it could be renewed, and others may have taken what it held. */
export async function renewNode(db: Db, id: NodeId, now: number, leaseUntil: number): Promise<boolean> {
  const renewed = await db
    .updateTable("node")
    .set({ leaseUntil })
    .where("id", "=", id)
    .where("leaseUntil", ">", now)
    .returning("id")
    .executeTakeFirst();
  return renewed !== undefined;
}

export async function deleteNode(db: Db, id: NodeId): Promise<void> {
  await db.deleteFrom("node").where("id", "=", id).execute();
}

/** Drops nodes that are long gone, with the sessions they left behind. */
export async function pruneNodes(db: Db, before: number): Promise<void> {
  await db
    .deleteFrom("session")
    .where("door", "=", "live")
    .where("nodeId", "in", (e) => e.selectFrom("node").select("node.id").where("leaseUntil", "<", before))
    .execute();
  await db.deleteFrom("node").where("leaseUntil", "<", before).execute();
}
