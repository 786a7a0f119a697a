import type { Kysely } from "kysely";

export async function up({ schema }: Pick<Kysely<never>, "schema">): Promise<void> {
  await schema
    .createTable("operator")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("email", "text", (c) => c.notNull())
    .addColumn("email_key", "text", (c) => c.notNull().unique())
    .addColumn("name", "text", (c) => c.notNull())
    .addColumn("role", "text", (c) => c.notNull())
    .addColumn("password_hash", "text")
    .addColumn("sealed_factor", "text")
    .addColumn("pending_factor", "text")
    .addColumn("last_step", "bigint", (c) => c.notNull())
    .addColumn("created_at", "bigint", (c) => c.notNull())
    .addColumn("last_sign_in_at", "bigint")
    .addColumn("disabled_at", "bigint")
    .execute();
  await schema.createIndex("operator_age").on("operator").columns(["created_at", "id"]).execute();
  await schema
    .createTable("operator_session")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("operator_id", "text", (c) => c.notNull().references("operator.id").onDelete("cascade"))
    .addColumn("secret_hash", "text", (c) => c.notNull().unique())
    .addColumn("address", "text", (c) => c.notNull())
    .addColumn("user_agent", "text", (c) => c.notNull())
    .addColumn("created_at", "bigint", (c) => c.notNull())
    .addColumn("last_seen_at", "bigint", (c) => c.notNull())
    .execute();
  await schema.createIndex("operator_session_operator").on("operator_session").column("operator_id").execute();
  await schema
    .createTable("recovery_code")
    .addColumn("operator_id", "text", (c) => c.notNull().references("operator.id").onDelete("cascade"))
    .addColumn("code_hash", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("recovery_code_key", ["operator_id", "code_hash"])
    .execute();
  await schema
    .createTable("invitation")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("purpose", "text", (c) => c.notNull().unique())
    .addColumn("kind", "text", (c) => c.notNull())
    .addColumn("secret_hash", "text", (c) => c.notNull().unique())
    .addColumn("email", "text")
    .addColumn("role", "text", (c) => c.notNull())
    .addColumn("operator_id", "text", (c) => c.references("operator.id").onDelete("cascade"))
    .addColumn("invited_by", "text", (c) => c.notNull())
    .addColumn("inviter_id", "text", (c) => c.references("operator.id").onDelete("cascade"))
    .addColumn("created_at", "bigint", (c) => c.notNull())
    .addColumn("expires_at", "bigint", (c) => c.notNull())
    .execute();
  await schema.createIndex("invitation_operator").on("invitation").column("operator_id").execute();
  await schema.createIndex("invitation_inviter").on("invitation").column("inviter_id").execute();
  await schema.createIndex("invitation_age").on("invitation").columns(["created_at", "id"]).execute();
  await schema
    .createTable("management_key")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("secret_hash", "text", (c) => c.notNull())
    .addColumn("last_four", "text", (c) => c.notNull())
    .addColumn("name", "text", (c) => c.notNull())
    .addColumn("scopes", "text", (c) => c.notNull())
    .addColumn("application_ids", "text")
    .addColumn("created_by", "text", (c) => c.notNull())
    .addColumn("parent_id", "text", (c) => c.references("management_key.id"))
    .addColumn("created_at", "bigint", (c) => c.notNull())
    .addColumn("expires_at", "bigint")
    .addColumn("last_used_at", "bigint")
    .addColumn("revoked_at", "bigint")
    .execute();
  await schema.createIndex("management_key_age").on("management_key").columns(["created_at", "id"]).execute();
  await schema.createIndex("management_key_parent").on("management_key").column("parent_id").execute();
}
