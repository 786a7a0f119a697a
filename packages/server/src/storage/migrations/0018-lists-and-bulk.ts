import type { Kysely } from "kysely";
import { sql } from "kysely";

export async function up({ schema }: Pick<Kysely<never>, "schema">): Promise<void> {
  await schema
    .createTable("bulk_job")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("application_id", "text", (c) => c.notNull().references("application.id").onDelete("cascade"))
    .addColumn("kind", "text", (c) => c.notNull())
    .addColumn("plan", "text", (c) => c.notNull())
    .addColumn("actor", "text", (c) => c.notNull())
    .addColumn("created_at", "bigint", (c) => c.notNull())
    .addColumn("records", "text", (c) => c.notNull())
    .addColumn("cursor", "text")
    .addColumn("done_count", "integer", (c) => c.notNull())
    .addColumn("unchanged_count", "integer", (c) => c.notNull())
    .addColumn("failed_count", "integer", (c) => c.notNull())
    .addColumn("finished_at", "bigint")
    .addColumn("cancelled_at", "bigint")
    .addColumn("lease_id", "text")
    .addColumn("lease_until", "bigint", (c) => c.notNull().defaultTo(0))
    .execute();
  await schema
    .createIndex("bulk_job_waiting")
    .on("bulk_job")
    .column("created_at")
    .where(sql.ref("finished_at"), "is", null)
    .execute();
  await schema.createIndex("bulk_job_created").on("bulk_job").columns(["application_id", "created_at", "id"]).execute();
  // Not a reference on purpose: a million licenses need not be written again for a job that is forgotten.
  await schema.alterTable("license").addColumn("bulk_job_id", "text").execute();
  await schema
    .createIndex("license_bulk_job")
    .on("license")
    .columns(["bulk_job_id", "created_at", "id"])
    .where(sql.ref("bulk_job_id"), "is not", null)
    .execute();
  // An index for each order of a list. Licenses that were never used, and accounts that never signed in, are in none.
  await schema
    .createIndex("license_expires")
    .on("license")
    .columns(["application_id", "expires_at", "id"])
    .where(sql.ref("expires_at"), "is not", null)
    .execute();
  await schema
    .createIndex("license_last_used")
    .on("license")
    .columns(["application_id", "last_used_at", "id"])
    .where(sql.ref("last_used_at"), "is not", null)
    .execute();
  await schema
    .createIndex("account_last_login")
    .on("account")
    .columns(["application_id", "last_login_at", "id"])
    .where(sql.ref("last_login_at"), "is not", null)
    .execute();
  await schema
    .createIndex("account_name")
    .on("account")
    .columns([sql.ref("application_id"), sql`lower(coalesce(login, email))`, sql.ref("id")])
    .execute();
  await schema.createIndex("session_created").on("session").columns(["application_id", "created_at", "id"]).execute();
  await schema
    .createIndex("blacklist_entry_created")
    .on("blacklist_entry")
    .columns(["application_id", "created_at", "value", "kind"])
    .execute();
}
