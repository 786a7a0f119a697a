import type { Selectable } from "kysely";
import type { Branded } from "./branded.ts";

/** One server process; its lease holds all sessions that are connected to it. */
interface NodeTable {
  id: Branded<"node">;
  leaseUntil: number;
  startedAt: number | null;
}

export interface NodeTables {
  node: NodeTable;
}

export type Node = Selectable<NodeTable>;
