import type { Db, NodeId } from "./tables.ts";
import type { Node } from "./tables-nodes.ts";

export async function insertNode(db: Db, node: Node): Promise<void> {
  await db.insertInto("node").values(node).execute();
}

/** Those that run, and those that have not been missed for long. */
export function listNodes(db: Db): Promise<Node[]> {
  return db.selectFrom("node").selectAll().orderBy("startedAt").orderBy("id").execute();
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
