import type { ExpressionBuilder } from "kysely";
import type { Account, AccountId, ApplicationId, Db, Tables } from "./tables.ts";

/** Makes a guest, whose row is locked, the account that it is converted into. */
export function convertGuestRow(
  tx: Db,
  { id }: Account,
  account: Pick<Account, "login" | "email" | "passwordHash" | "status" | "locale" | "properties" | "updatedAt">,
): Promise<Account> {
  return tx.updateTable("account").set(account).where("id", "=", id).returningAll().executeTakeFirstOrThrow();
}

/** Notes on guests that they have a session; what was noted after `before` is recent enough. */
export async function noteHeldGuests(db: Db, applicationId: ApplicationId, now: number, before: number): Promise<void> {
  await db
    .updateTable("account")
    .set({ lastHeldAt: now })
    .where("applicationId", "=", applicationId)
    .where("status", "=", "guest")
    .where((e) => e.or([e("lastHeldAt", "is", null), e("lastHeldAt", "<", before)]))
    .where(hasSession)
    .execute();
}

/** Some guests that have had no session since `before`. */
export async function staleGuests(
  db: Db,
  applicationId: ApplicationId,
  before: number,
  atMost: number,
): Promise<AccountId[]> {
  const query = db.selectFrom("account").select("id").where("applicationId", "=", applicationId);
  const rows = await query
    .where((e) => isStale(e, before))
    .limit(atMost)
    .execute();
  return rows.map(({ id }) => id);
}

/** Removes those of these guests that still are stale, and their places under the quota; answers how many they were. */
export async function removeGuests(
  tx: Db,
  applicationId: ApplicationId,
  ids: readonly AccountId[],
  before: number,
): Promise<number> {
  const query = tx.deleteFrom("account").where("id", "in", ids);
  const removed = await query
    .where((e) => isStale(e, before))
    .returning("id")
    .execute();
  await tx
    .updateTable("application")
    .set((e) => ({ accountCount: e("accountCount", "-", removed.length) }))
    .where("id", "=", applicationId)
    .execute();
  return removed.length;
}

/** Whoever signs a guest in notes the time on its row first, which PostgreSQL reads again once it has waited for it. */
function isStale(e: ExpressionBuilder<Tables, "account">, before: number) {
  return e.and([
    e("status", "=", "guest"),
    e(e.fn.coalesce("lastLoginAt", "createdAt"), "<", before),
    e.or([e("lastHeldAt", "is", null), e("lastHeldAt", "<", before)]),
    e.not(hasSession(e)),
  ]);
}

function hasSession(e: ExpressionBuilder<Tables, "account">) {
  return e.exists(
    e
      .selectFrom("session")
      .select("session.id")
      .whereRef("session.accountId", "=", "account.id")
      .where("session.authorizationId", "is not", null),
  );
}
