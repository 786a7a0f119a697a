import type { Kysely } from "kysely";
import { sql } from "kysely";

export async function up(db: Kysely<never>): Promise<void> {
  const { schema } = db;
  await schema
    .createTable("application")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("name", "text", (c) => c.notNull())
    .addColumn("version", "text", (c) => c.notNull())
    .addColumn("websocket_api_key", "text", (c) => c.notNull().unique())
    .addColumn("settings", "text", (c) => c.notNull())
    .addColumn("account_count", "integer", (c) =>
      c
        .notNull()
        .defaultTo(0)
        .check(sql`account_count >= 0`),
    )
    .addColumn("created_at", "bigint", (c) => c.notNull())
    .addColumn("paused_at", "bigint")
    .execute();
  await schema
    .createTable("api_key")
    .addColumn("key_hash", "text", (c) => c.primaryKey())
    .addColumn("application_id", "text", (c) => c.notNull().references("application.id").onDelete("cascade"))
    .addColumn("kind", "text", (c) => c.notNull())
    .addColumn("key", "text")
    .addColumn("created_at", "bigint", (c) => c.notNull())
    .execute();
  await schema.createIndex("api_key_application").on("api_key").column("application_id").execute();
  await schema
    .createTable("host")
    .addColumn("host", "text", (c) => c.primaryKey())
    .addColumn("application_id", "text", (c) => c.notNull().references("application.id").onDelete("cascade"))
    .addColumn("key_hash", "text", (c) => c.notNull().references("api_key.key_hash").onDelete("cascade"))
    .execute();
  await schema
    .createTable("account")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("application_id", "text", (c) => c.notNull().references("application.id").onDelete("cascade"))
    .addColumn("login", "text")
    .addColumn("email", "text")
    .addColumn("password_hash", "text")
    .addColumn("status", "text", (c) => c.notNull())
    .addColumn("levels", "text", (c) => c.notNull())
    .addColumn("comment", "text")
    .addColumn("locale", "text")
    .addColumn("properties", "text", (c) => c.notNull())
    .addColumn("sign_up_door", "text")
    .addColumn("sign_up_address", "text")
    .addColumn("created_at", "bigint", (c) => c.notNull())
    .addColumn("updated_at", "bigint")
    .addColumn("last_login_at", "bigint")
    .addColumn("blacklisted_at", "bigint")
    .execute();
  await schema
    .createIndex("account_sign_up")
    .on("account")
    .columns(["application_id", "sign_up_address", "created_at"])
    .where(sql.ref("sign_up_address"), "is not", null)
    .execute();
  await schema.createIndex("account_created").on("account").columns(["application_id", "created_at"]).execute();
  await schema
    .createTable("identity")
    .addColumn("application_id", "text", (c) => c.notNull())
    .addColumn("key", "text", (c) => c.notNull())
    .addColumn("account_id", "text", (c) => c.notNull().references("account.id").onDelete("cascade"))
    .addPrimaryKeyConstraint("identity_key", ["application_id", "key"])
    .execute();
  await schema.createIndex("identity_account").on("identity").column("account_id").execute();
  await schema
    .createTable("license")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("application_id", "text", (c) => c.notNull().references("application.id").onDelete("cascade"))
    .addColumn("key", "text", (c) => c.notNull())
    .addColumn("levels", "text", (c) => c.notNull())
    .addColumn("comment", "text")
    .addColumn("duration_ms", "bigint")
    .addColumn("seats", "integer")
    .addColumn("client_policy", "text", (c) => c.notNull())
    .addColumn("client_id", "text")
    .addColumn("account_id", "text", (c) => c.references("account.id").onDelete("set null"))
    .addColumn("created_at", "bigint", (c) => c.notNull())
    .addColumn("activated_at", "bigint")
    .addColumn("expires_at", "bigint")
    .addColumn("last_used_at", "bigint")
    .addColumn("paused_at", "bigint")
    .addColumn("blacklisted_at", "bigint")
    .addUniqueConstraint("license_key", ["application_id", "key"])
    .execute();
  await schema
    .createIndex("license_account")
    .on("license")
    .column("account_id")
    .where(sql.ref("account_id"), "is not", null)
    .execute();
  await schema
    .createTable("node")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("lease_until", "bigint", (c) => c.notNull())
    .execute();
  await schema
    .createTable("session")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("application_id", "text", (c) => c.notNull().references("application.id").onDelete("cascade"))
    .addColumn("door", "text", (c) => c.notNull())
    .addColumn("secret_hash", "text", (c) => c.notNull().unique())
    .addColumn("client_id", "text")
    .addColumn("address", "text", (c) => c.notNull())
    .addColumn("node_id", "text")
    .addColumn("lease_until", "bigint")
    .addColumn("authorization_id", "text")
    // Not references on purpose: who deletes an account or a license ends its authorizations first, and says so.
    .addColumn("account_id", "text")
    .addColumn("license_id", "text")
    .addColumn("expires_at", "bigint")
    .addColumn("created_at", "bigint", (c) => c.notNull())
    .addColumn("last_seen_at", "bigint", (c) => c.notNull())
    .addColumn("disabled_at", "bigint")
    .execute();
  // Only authorized sessions are ever looked for by what they are authorized to.
  for (const column of ["application_id", "account_id", "license_id"]) {
    await schema
      .createIndex(`session_${column}`)
      .on("session")
      .column(column)
      .where(sql.ref("authorization_id"), "is not", null)
      .execute();
  }
  await schema
    .createTable("blacklist_entry")
    .addColumn("application_id", "text", (c) => c.notNull().references("application.id").onDelete("cascade"))
    .addColumn("kind", "text", (c) => c.notNull())
    .addColumn("value", "text", (c) => c.notNull())
    .addColumn("created_at", "bigint", (c) => c.notNull())
    .addPrimaryKeyConstraint("blacklist_entry_value", ["application_id", "kind", "value"])
    .execute();
  await schema
    .createTable("sign_in_failure")
    .addColumn("application_id", "text", (c) => c.notNull().references("application.id").onDelete("cascade"))
    .addColumn("identity_key", "text", (c) => c.notNull())
    .addColumn("count", "integer", (c) => c.notNull())
    .addColumn("last_failed_at", "bigint", (c) => c.notNull())
    .addPrimaryKeyConstraint("sign_in_failure_identity", ["application_id", "identity_key"])
    .execute();
}
