import { countUnsealed, readAuditHead } from "./audit.ts";
import { inParts } from "./in-parts.ts";
import type { Page } from "./page.ts";
import type { Db } from "./tables.ts";
import type { WebhookAttempt, WebhookDelivery } from "./tables-webhooks.ts";

/** Puts deliveries into the queue, but never a second one of the same event to the same webhook. */
export async function insertDeliveries(tx: Db, deliveries: readonly WebhookDelivery[]): Promise<void> {
  for (const part of inParts(deliveries))
    await tx
      .insertInto("webhookDelivery")
      .values(part)
      .onConflict((c) => c.columns(["webhookId", "position"]).doNothing())
      .execute();
}

/** Begins an attempt at the next that is due, in the order of the audit log; the caller has claimed the webhook. */
export function takeDelivery(tx: Db, webhookId: string, now: number): Promise<WebhookDelivery | undefined> {
  return tx
    .updateTable("webhookDelivery")
    .set((e) => ({ attempts: e("attempts", "+", 1) }))
    .where("id", "=", (e) =>
      e
        .selectFrom("webhookDelivery")
        .select("id")
        .where("webhookId", "=", webhookId)
        .where("dueAt", "<=", now)
        .orderBy("dueAt")
        .orderBy("position")
        .orderBy("id")
        .limit(1),
    )
    .returningAll()
    .executeTakeFirst();
}

/** It has arrived, whoever else may be trying it meanwhile. */
export async function endDelivered(tx: Db, { id }: Pick<WebhookDelivery, "id">): Promise<void> {
  await tx.updateTable("webhookDelivery").set({ state: "delivered", dueAt: null }).where("id", "=", id).execute();
}

/** Ends a failed attempt, for another one at `dueAt` or, without that, for good; unless another has begun since. */
export async function endFailed(
  tx: Db,
  { id, attempts }: Pick<WebhookDelivery, "id" | "attempts">,
  dueAt: number | undefined,
): Promise<void> {
  await tx
    .updateTable("webhookDelivery")
    .set(dueAt === undefined ? { state: "failed", dueAt: null } : { dueAt })
    .where("id", "=", id)
    .where("attempts", "=", attempts)
    .where("state", "=", "pending")
    .execute();
}

export async function insertAttempt(tx: Db, attempt: WebhookAttempt): Promise<void> {
  await tx
    .insertInto("webhookAttempt")
    .columns(["deliveryId", "number", "at", "durationMs", "status", "answer", "error"])
    // Its webhook may have been deleted meanwhile, and the delivery with it.
    .expression((e) =>
      e
        .selectFrom("webhookDelivery")
        .select((d) => [
          d.ref("id").as("deliveryId"),
          d.val(attempt.number).as("number"),
          d.val(attempt.at).as("at"),
          d.val(attempt.durationMs).as("durationMs"),
          d.val(attempt.status).as("status"),
          d.val(attempt.answer).as("answer"),
          d.val(attempt.error).as("error"),
        ])
        .where("id", "=", attempt.deliveryId),
    )
    .execute();
}

export function attemptsOf(db: Db, deliveryId: string): Promise<WebhookAttempt[]> {
  return db.selectFrom("webhookAttempt").selectAll().where("deliveryId", "=", deliveryId).orderBy("number").execute();
}

/** A delivery, and what the last attempt that has ended came to. */
export type ShownDelivery = WebhookDelivery & Partial<Pick<WebhookAttempt, "status" | "error">>;

/** What deliveries are looked for; what is absent is anything. */
interface DeliveryFilter {
  readonly state?: WebhookDelivery["state"];
  readonly type?: WebhookDelivery["type"];
}

/** The newest first. */
export function listDeliveries(
  db: Db,
  webhookId: string,
  { state, type }: DeliveryFilter,
  { limit, after }: Page,
): Promise<ShownDelivery[]> {
  return shown(db)
    .where("webhookId", "=", webhookId)
    .$if(state !== undefined, (query) => query.where("state", "=", state ?? "pending"))
    .$if(type !== undefined, (query) => query.where("type", "=", type ?? "webhook.test"))
    .$if(after !== undefined, (query) =>
      query.where((e) => e(e.refTuple("createdAt", "id"), "<", e.tuple(after?.createdAt ?? 0, after?.id ?? ""))),
    )
    .orderBy("createdAt", "desc")
    .orderBy("id", "desc")
    .limit(limit)
    .execute();
}

interface NamedDelivery {
  readonly webhookId: string;
  readonly deliveryId: string;
}

export function findDelivery(db: Db, { webhookId, deliveryId }: NamedDelivery): Promise<ShownDelivery | undefined> {
  return shown(db).where("webhookId", "=", webhookId).where("id", "=", deliveryId).executeTakeFirst();
}

function shown(db: Db) {
  return db
    .selectFrom("webhookDelivery")
    .leftJoin("webhookAttempt", (join) =>
      join.onRef("webhookAttempt.deliveryId", "=", "webhookDelivery.id").on("webhookAttempt.number", "=", (e) =>
        e
          .selectFrom("webhookAttempt as a")
          .select((a) => a.fn.max("a.number").as("number"))
          .whereRef("a.deliveryId", "=", "webhookDelivery.id"),
      ),
    )
    .selectAll("webhookDelivery")
    .select(["webhookAttempt.status", "webhookAttempt.error"]);
}

/** Has them sent again at once, with all attempts that a new one has; answers how many there were. */
export async function replay(
  tx: Db,
  {
    webhookId,
    ...which
  }: { readonly webhookId: string } & ({ readonly deliveryId: string } | { readonly since: number }),
  now: number,
): Promise<number> {
  const query = tx
    .updateTable("webhookDelivery")
    .set((e) => ({ state: "pending", dueAt: now, attemptsBefore: e.ref("attempts") }))
    .where("webhookId", "=", webhookId);
  const { numUpdatedRows } = await (
    "deliveryId" in which
      ? query.where("id", "=", which.deliveryId)
      : query.where("state", "=", "failed").where("createdAt", ">=", which.since)
  ).executeTakeFirstOrThrow();
  return Number(numUpdatedRows);
}

export async function pruneDeliveries(db: Db, before: number): Promise<void> {
  await db.deleteFrom("webhookDelivery").where("createdAt", "<", before).execute();
}

/**
 * What happened so far, sealed or not, is told by another server. What waited is left as failed, so that it can be
 * replayed; tells how many that were.
 */
export async function leaveWaitingDeliveries(tx: Db): Promise<number> {
  const { position } = await readAuditHead(tx);
  await tx
    .updateTable("webhookCursor")
    .set({ position: position + (await countUnsealed(tx)) })
    .execute();
  const { numUpdatedRows } = await tx
    .updateTable("webhookDelivery")
    .set({ state: "failed", dueAt: null })
    .where("state", "=", "pending")
    .executeTakeFirstOrThrow();
  return Number(numUpdatedRows);
}
