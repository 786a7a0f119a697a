import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<never>): Promise<void> {
  const { schema } = db;
  await schema
    .createTable("webhook")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("application_id", "text", (c) => c.notNull().references("application.id").onDelete("cascade"))
    .addColumn("url", "text", (c) => c.notNull())
    .addColumn("event_types", "text")
    .addColumn("description", "text")
    .addColumn("sealed_secret", "text", (c) => c.notNull())
    .addColumn("previous_sealed_secret", "text")
    .addColumn("previous_secret_until", "bigint")
    .addColumn("created_at", "bigint", (c) => c.notNull())
    .addColumn("after_position", "bigint", (c) => c.notNull())
    .addColumn("disabled_at", "bigint")
    .addColumn("disabled_because", "text")
    .addColumn("first_failed_at", "bigint")
    .addColumn("claimed_until", "bigint", (c) => c.notNull())
    .execute();
  await schema.createIndex("webhook_application").on("webhook").column("application_id").execute();
  await schema
    .createTable("webhook_delivery")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("webhook_id", "text", (c) => c.notNull().references("webhook.id").onDelete("cascade"))
    .addColumn("position", "bigint")
    .addColumn("type", "text", (c) => c.notNull())
    .addColumn("body", "text", (c) => c.notNull())
    .addColumn("created_at", "bigint", (c) => c.notNull())
    .addColumn("state", "text", (c) => c.notNull())
    .addColumn("due_at", "bigint")
    .addColumn("attempts", "integer", (c) => c.notNull())
    .addColumn("attempts_before", "integer", (c) => c.notNull())
    // One event becomes one delivery to a webhook, whoever makes it and however often.
    .addUniqueConstraint("webhook_delivery_position", ["webhook_id", "position"])
    .execute();
  await schema
    .createIndex("webhook_delivery_due")
    .on("webhook_delivery")
    .columns(["webhook_id", "due_at", "position"])
    .where(sql.ref("due_at"), "is not", null)
    .execute();
  await schema
    .createIndex("webhook_delivery_list")
    .on("webhook_delivery")
    .columns(["webhook_id", "created_at", "id"])
    .execute();
  await schema.createIndex("webhook_delivery_age").on("webhook_delivery").column("created_at").execute();
  await schema
    .createTable("webhook_attempt")
    .addColumn("delivery_id", "text", (c) => c.notNull().references("webhook_delivery.id").onDelete("cascade"))
    .addColumn("number", "integer", (c) => c.notNull())
    .addColumn("at", "bigint", (c) => c.notNull())
    .addColumn("duration_ms", "bigint", (c) => c.notNull())
    .addColumn("status", "integer")
    .addColumn("answer", "text")
    .addColumn("error", "text")
    .addPrimaryKeyConstraint("webhook_attempt_key", ["delivery_id", "number"])
    .execute();
  await schema
    .createTable("webhook_cursor")
    .addColumn("id", "integer", (c) => c.primaryKey())
    .addColumn("position", "bigint", (c) => c.notNull())
    .execute();
  await sql`insert into webhook_cursor values (1, 0)`.execute(db);
}
