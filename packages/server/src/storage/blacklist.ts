import { byNumber, byText, type Listing } from "./listing.ts";
import { narrowed, only } from "./narrowing.ts";
import { statement } from "./statement.ts";
import type { ApplicationId, BlacklistEntry, Db } from "./tables.ts";
import { hasText } from "./text-search.ts";

interface Newcomer {
  readonly applicationId: ApplicationId;
  readonly clientId: string;
  readonly address: string;
}

/** Whether an application keeps this client out, by what it calls itself or by where it comes from. */
export async function isBlacklisted(db: Db, newcomer: Newcomer): Promise<boolean> {
  return (await findEntries(db, newcomer)).length > 0;
}

const findEntries = statement<Newcomer, Pick<BlacklistEntry, "kind">>((db, given) =>
  db
    .selectFrom("blacklistEntry")
    .select("kind")
    .where("applicationId", "=", given("applicationId"))
    .where((e) =>
      e.or([
        e.and([e("kind", "=", "client"), e("value", "=", given("clientId"))]),
        e.and([e("kind", "=", "address"), e("value", "=", given("address"))]),
      ]),
    ),
);

/** Puts a value on the list. `false`: it is there already, and stays as it is. */
export async function addBlacklistEntry(db: Db, entry: BlacklistEntry): Promise<boolean> {
  const added = await db
    .insertInto("blacklistEntry")
    .values(entry)
    .onConflict((c) => c.doNothing())
    .returning("value")
    .executeTakeFirst();
  return added !== undefined;
}

/** `false`: it is not on the list. */
export async function removeBlacklistEntry(
  db: Db,
  { applicationId, kind, value }: Pick<BlacklistEntry, "kind" | "value"> & { readonly applicationId: string },
): Promise<boolean> {
  const removed = await db
    .deleteFrom("blacklistEntry")
    .where("applicationId", "=", applicationId as ApplicationId)
    .where("kind", "=", kind)
    .where("value", "=", value)
    .returning("value")
    .executeTakeFirst();
  return removed !== undefined;
}

const byEntry = [byText("blacklistEntry.value"), byText("blacklistEntry.kind")];

/** What an application does not want to see again, by when it was put on the list or by what it is. */
export function blacklistListing(
  applicationId: ApplicationId,
  { search, kind, madeBy }: Partial<Record<"search" | "kind" | "madeBy", string | undefined>>,
  sort: "created" | "value",
): Listing {
  const { within, filters } = narrowed([
    { column: "blacklistEntry.applicationId", values: [applicationId] },
    { column: "blacklistEntry.kind", values: only(kind) },
    { column: "blacklistEntry.madeBy", values: only(madeBy) },
  ]);
  const columns = ["blacklistEntry.value", "blacklistEntry.comment"] as const;
  return {
    from: "blacklistEntry",
    within,
    filters: [...filters, ...(search === undefined ? [] : [hasText<"blacklistEntry">(columns, search)])],
    sort: { by: sort === "created" ? [byNumber("blacklistEntry.createdAt"), ...byEntry] : byEntry },
  };
}

/** How many entries clients have made. */
export async function countEntriesByClients(db: Db, applicationId: ApplicationId): Promise<number> {
  const { count } = await db
    .selectFrom("blacklistEntry")
    .select((e) => e.fn.countAll<number>().as("count"))
    .where("applicationId", "=", applicationId)
    .where("madeBy", "=", "client")
    .executeTakeFirstOrThrow();
  return count;
}
