import type { DatabaseKit } from "./dialects/kit.ts";
import type { AccountId, ApplicationId, Change, ChangeEvent, Db, LicenseId, SessionId } from "./tables.ts";

/** What happened, and whom it concerns: the narrowest id that is given, else the whole application. */
export interface NewChange {
  readonly event: ChangeEvent;
  readonly applicationId: ApplicationId;
  readonly licenseId?: LicenseId;
  readonly accountId?: AccountId;
  readonly sessionId?: SessionId;
  readonly content?: Readonly<Record<string, string>>;
}

/** Notes a change in the transaction that brings it about. */
export async function appendChange(tx: Db, change: NewChange, now: number): Promise<void> {
  const { event, applicationId, licenseId, accountId, sessionId, content = {} } = change;
  await tx
    .insertInto("change")
    .values({
      at: now,
      event,
      applicationId,
      licenseId: licenseId ?? null,
      accountId: accountId ?? null,
      sessionId: sessionId ?? null,
      content: JSON.stringify(content),
    })
    .execute();
}

/** A place in the log: everything up to here has been dealt with. */
export interface LogPosition {
  readonly transactionNumber: number;
  readonly serial: number;
}

/** A change with whether its place in the log is certain: before it no other can appear any more. */
export interface ReadChange extends Change {
  readonly isSettled: number;
}

/** The changes after a place in the log, in their order. */
export function readChanges(db: Db, kit: DatabaseKit, after: LogPosition, atMost: number): Promise<ReadChange[]> {
  return db
    .selectFrom("change")
    .selectAll()
    .select((e) =>
      e.case().when("transactionNumber", "<", kit.settledBefore).then(e.lit(1)).else(e.lit(0)).end().as("isSettled"),
    )
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
