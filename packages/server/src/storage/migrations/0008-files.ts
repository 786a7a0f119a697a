import type { Kysely } from "kysely";
import { sql } from "kysely";

export async function up({ schema }: Pick<Kysely<never>, "schema">): Promise<void> {
  await schema
    .createTable("content")
    .addColumn("checksum", "text", (c) => c.primaryKey())
    .addColumn("id", "text", (c) => c.notNull().unique())
    .addColumn("size", "bigint", (c) => c.notNull())
    .addColumn("kept_until", "bigint", (c) => c.notNull())
    .execute();
  await schema.createIndex("content_kept_until").on("content").column("kept_until").execute();
  await schema
    .createTable("loose_object")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("checksum", "text", (c) => c.notNull())
    .addColumn("lease_until", "bigint", (c) => c.notNull())
    .execute();
  await schema
    .createTable("file")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("application_id", "text", (c) => c.notNull().references("application.id").onDelete("cascade"))
    .addColumn("name", "text", (c) => c.notNull())
    .addColumn("checksum", "text", (c) => c.notNull().references("content.checksum"))
    .addColumn("created_at", "bigint", (c) => c.notNull())
    .addColumn("transfer_count", "bigint", (c) => c.notNull())
    .addColumn("last_transferred_at", "bigint")
    .addUniqueConstraint("file_name", ["application_id", "name"])
    .execute();
  await schema.createIndex("file_checksum").on("file").column("checksum").execute();
  // A download knows its authorization and nothing else of the session.
  await schema
    .createIndex("session_authorization_id")
    .on("session")
    .column("authorization_id")
    .where(sql.ref("authorization_id"), "is not", null)
    .execute();
}
