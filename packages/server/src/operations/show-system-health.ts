import type { Answer } from "@latchkey/protocol";
import { done } from "@latchkey/protocol";
import type { Context } from "#context.ts";
import { healthWarningsOf } from "#domain/health-warnings.ts";
import { listNodes } from "#storage/nodes.ts";
import { version } from "#version.ts";

export async function showSystemHealth(context: Context): Promise<Answer<"showSystemHealth">> {
  const { db, config, system, passwords, changeLog, node, now } = context;
  const { position } = changeLog;
  const [nodes, bytes, mailQueue, changes, diskFreeBytes] = await Promise.all([
    listNodes(db),
    system.databaseBytes(),
    system.mails(),
    position && system.changes({ position }),
    system.diskFreeBytes(),
  ]);
  const state = {
    nodes: nodes.map(({ id, startedAt, leaseUntil }) => ({
      id,
      ...(startedAt !== null && { startedAt }),
      leaseUntil,
      isSelf: id === node.id,
    })),
    ...(changes && { changeLog: changes }),
    mailQueue,
    passwordQueue: passwords.load,
    ...(diskFreeBytes !== undefined && { diskFreeBytes }),
  };
  return done({
    version,
    uptimeMs: Math.max(0, now - node.startedAt),
    database: { kind: config.database.kind, bytes },
    ...state,
    warnings: healthWarningsOf(state, now),
  });
}
