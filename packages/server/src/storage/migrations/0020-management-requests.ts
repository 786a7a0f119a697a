import type { Kysely } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("management_request")
    .addColumn("caller", "text", (c) => c.notNull())
    .addColumn("key", "text", (c) => c.notNull())
    .addColumn("fingerprint", "text", (c) => c.notNull())
    .addColumn("run_id", "text", (c) => c.notNull())
    .addColumn("claimed_at", "bigint", (c) => c.notNull())
    .addColumn("sealed_answer", "text")
    .addPrimaryKeyConstraint("management_request_pk", ["caller", "key"])
    .execute();
  await db.schema.createIndex("management_request_age").on("management_request").column("claimed_at").execute();
}
