import type { Db } from "./tables.ts";
import { leaveWaitingDeliveries } from "./webhook-deliveries.ts";

/** How many records of each kind were left out because they must not be true twice. */
export interface Settled {
  readonly liveSessions: number;
  readonly mails: number;
  readonly webhookDeliveries: number;
}

/**
 * What was true of the server that a backup was made of, and is not of the one that was restored from it: it runs
 * nowhere, so it follows no change log and nobody is connected to it. Unless it takes over from one that has ended, that
 * one has gone on since: its mails and webhooks were sent, its links were used, its operators have signed out, and its
 * clients are still there.
 */
export async function settleRestored(tx: Db, takesOver: boolean): Promise<Settled> {
  await tx.deleteFrom("change").execute();
  await tx.deleteFrom("node").execute();
  await tx.updateTable("webhook").set({ claimedUntil: 0 }).execute();
  const liveSessions = await removeLiveSessions(tx, takesOver);
  if (takesOver) return { liveSessions, mails: 0, webhookDeliveries: 0 };
  await tx.deleteFrom("signInAttempt").execute();
  await tx.deleteFrom("operatorSession").execute();
  await tx.deleteFrom("accountLink").where("kind", "=", "recover").execute();
  const { numDeletedRows: mails } = await tx.deleteFrom("mail").executeTakeFirstOrThrow();
  return { liveSessions, mails: Number(mails), webhookDeliveries: await leaveWaitingDeliveries(tx) };
}

/** Those that had been lost resume at a server that takes over. */
async function removeLiveSessions(tx: Db, takesOver: boolean): Promise<number> {
  const sessions = tx.deleteFrom("session").where("door", "=", "live");
  const removed = takesOver ? sessions.where("nodeId", "is not", null) : sessions;
  const { numDeletedRows } = await removed.executeTakeFirstOrThrow();
  return Number(numDeletedRows);
}
