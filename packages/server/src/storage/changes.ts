import type { DatabaseKit } from "./dialects/kit.ts";
import { statement } from "./statement.ts";
import type { AccountId, ApplicationId, Change, ChangeEvent, Db, LicenseId, SessionId } from "./tables.ts";

/** What happened, and whom it concerns: the narrowest id that is given, else the whole application. */
export interface NewChange {
  readonly event: ChangeEvent;
  readonly applicationId: ApplicationId;
  readonly licenseId?: LicenseId;
  readonly accountId?: AccountId;
  readonly sessionId?: SessionId;
  readonly content?: Readonly<Record<string, string>>;
  /** Is not told, since it knows already. */
  readonly except?: SessionId;
}

/** Notes a change in the transaction that brings it about. */
export async function appendChange(tx: Db, change: NewChange, now: number): Promise<void> {
  const { event, applicationId, licenseId, accountId, sessionId, content = {}, except } = change;
  await insert(tx, {
    at: now,
    event,
    applicationId,
    licenseId: licenseId ?? null,
    accountId: accountId ?? null,
    sessionId: sessionId ?? null,
    content: JSON.stringify(content),
    exceptSessionId: except ?? null,
  });
}

const insert = statement<Omit<Change, "serial" | "transactionNumber">, never>((db, given) =>
  db.insertInto("change").values({
    at: given("at"),
    event: given("event"),
    applicationId: given("applicationId"),
    licenseId: given("licenseId"),
    accountId: given("accountId"),
    sessionId: given("sessionId"),
    content: given("content"),
    exceptSessionId: given("exceptSessionId"),
  }),
);

/** A place in the log: everything up to here has been dealt with. */
export interface LogPosition {
  readonly transactionNumber: number;
  readonly serial: number;
}

/**
 * The changes after a place in the log, in their order; only those before which no other can appear any more. Waiting:
 * there are others, which can be read when transactions have ended that are running now.
 */
export async function readChanges(
  db: Db,
  kit: DatabaseKit,
  after: LogPosition,
  atMost: number,
): Promise<{ readonly changes: readonly Change[]; readonly isWaiting: boolean }> {
  const rows = await db
    .selectFrom("change")
    .selectAll()
    .select(kit.settledBefore.as("settledBefore"))
    .where((e) =>
      e.or([
        e("transactionNumber", ">", after.transactionNumber),
        e.and([e("transactionNumber", "=", after.transactionNumber), e("serial", ">", after.serial)]),
      ]),
    )
    .orderBy("transactionNumber")
    .orderBy("serial")
    .limit(atMost)
    .execute();
  const changes = rows.filter(({ transactionNumber, settledBefore }) => transactionNumber < settledBefore);
  return { changes, isWaiting: changes.length < rows.length };
}

/** Where the log ends now. */
export async function endOfLog(db: Db, kit: DatabaseKit): Promise<LogPosition> {
  const last = await db
    .selectFrom("change")
    .select(["transactionNumber", "serial"])
    .where("transactionNumber", "<", kit.settledBefore)
    .orderBy("transactionNumber", "desc")
    .orderBy("serial", "desc")
    .limit(1)
    .executeTakeFirst();
  return last ?? { transactionNumber: -1, serial: -1 };
}

export async function pruneChanges(db: Db, before: number): Promise<void> {
  await db.deleteFrom("change").where("at", "<", before).execute();
}
