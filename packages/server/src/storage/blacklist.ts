import { statement } from "./statement.ts";
import type { ApplicationId, Db } from "./tables.ts";

export async function isBlacklisted(
  db: Db,
  applicationId: ApplicationId,
  kind: "client" | "address",
  value: string,
): Promise<boolean> {
  return (await findBlacklistEntry(db, { applicationId, kind, value })).length > 0;
}

const findBlacklistEntry = statement<
  { applicationId: ApplicationId; kind: "client" | "address"; value: string },
  { createdAt: number }
>((db, given) =>
  db
    .selectFrom("blacklistEntry")
    .select("createdAt")
    .where("applicationId", "=", given("applicationId"))
    .where("kind", "=", given("kind"))
    .where("value", "=", given("value")),
);
