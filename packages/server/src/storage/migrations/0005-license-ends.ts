import type { Kysely } from "kysely";
import { sql } from "kysely";

export async function up({ schema }: Pick<Kysely<never>, "schema">): Promise<void> {
  // Looked for every second, by the instant at which they end.
  await schema
    .createIndex("license_ends")
    .on("license")
    .column("expires_at")
    .where(sql.ref("account_id"), "is not", null)
    .execute();
}
