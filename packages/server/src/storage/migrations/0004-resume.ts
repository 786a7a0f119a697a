import type { Kysely } from "kysely";
import { sql } from "kysely";

export async function up({ schema }: Pick<Kysely<never>, "schema">): Promise<void> {
  await schema.alterTable("session").addColumn("previous_hash", "text").execute();
  await schema.alterTable("session").addColumn("attached_to", "text").execute();
  await schema
    .createIndex("session_previous_hash")
    .on("session")
    .column("previous_hash")
    .where(sql.ref("previous_hash"), "is not", null)
    .execute();
  await schema
    .createIndex("session_attached_to")
    .on("session")
    .column("attached_to")
    .where(sql.ref("attached_to"), "is not", null)
    .execute();
  await schema
    .createTable("answer")
    // Not a reference on purpose: a request may outlive its session by a moment, and answers are dropped by their age.
    .addColumn("session_id", "text", (c) => c.notNull())
    .addColumn("request_id", "text", (c) => c.notNull())
    .addColumn("type", "integer", (c) => c.notNull())
    .addColumn("output", "text", (c) => c.notNull())
    .addColumn("answered_at", "bigint", (c) => c.notNull())
    .addPrimaryKeyConstraint("answer_request", ["session_id", "request_id", "type"])
    .execute();
  await schema.createIndex("answer_answered_at").on("answer").column("answered_at").execute();
}
