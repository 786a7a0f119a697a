import type { Kysely } from "kysely";

export async function up({ schema }: Pick<Kysely<never>, "schema">): Promise<void> {
  await schema
    .createTable("provider")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("application_id", "text", (c) => c.notNull().references("application.id").onDelete("cascade"))
    .addColumn("name", "text", (c) => c.notNull())
    .addColumn("settings", "text", (c) => c.notNull())
    .addColumn("sealed_secret", "text")
    .addColumn("created_at", "bigint", (c) => c.notNull())
    .addUniqueConstraint("provider_name", ["application_id", "name"])
    .execute();
  await schema
    .createTable("sign_in_attempt")
    .addColumn("state_hash", "text", (c) => c.primaryKey())
    .addColumn("application_id", "text", (c) => c.notNull().references("application.id").onDelete("cascade"))
    .addColumn("provider", "text", (c) => c.notNull())
    .addColumn("sealed_secrets", "text", (c) => c.notNull())
    .addColumn("fields_mapping", "text", (c) => c.notNull())
    .addColumn("hand_over", "text", (c) => c.notNull())
    .addColumn("expires_at", "bigint", (c) => c.notNull())
    .execute();
  await schema.createIndex("sign_in_attempt_end").on("sign_in_attempt").column("expires_at").execute();
  await schema
    .createTable("social_identity")
    .addColumn("application_id", "text", (c) => c.notNull().references("application.id").onDelete("cascade"))
    .addColumn("issuer", "text", (c) => c.notNull())
    .addColumn("subject", "text", (c) => c.notNull())
    .addColumn("account_id", "text", (c) => c.notNull().references("account.id").onDelete("cascade"))
    .addColumn("provider", "text", (c) => c.notNull())
    .addColumn("proven_key", "text")
    .addColumn("created_at", "bigint", (c) => c.notNull())
    .addPrimaryKeyConstraint("social_identity_key", ["application_id", "issuer", "subject"])
    .execute();
  await schema.createIndex("social_identity_account").on("social_identity").column("account_id").execute();
  await schema.alterTable("account").addColumn("social_identities", "text").execute();
  await schema.alterTable("session").addColumn("provider", "text").execute();
}
