import { type Kysely, sql } from "kysely";
import type { DatabaseKit } from "../dialects/kit.ts";

/** Entries outlive what they tell of: nothing in them refers to other tables. */
export async function up(db: Kysely<unknown>, kit: DatabaseKit): Promise<void> {
  const { schema } = db;
  await schema
    .createTable("audit_entry")
    .addColumn("serial", kit.serialType, (c) => kit.serial(c))
    .addColumn("transaction_number", "bigint", (c) => c.notNull().defaultTo(kit.transactionNumber))
    .addColumn("position", "bigint")
    .addColumn("hash", "text")
    .addColumn("at", "bigint", (c) => c.notNull())
    .addColumn("actor_kind", "text", (c) => c.notNull())
    .addColumn("actor_id", "text")
    .addColumn("actor_name", "text")
    .addColumn("address", "text")
    .addColumn("reason", "text")
    .addColumn("action", "text", (c) => c.notNull())
    .addColumn("record_kind", "text", (c) => c.notNull())
    .addColumn("record_id", "text")
    .addColumn("application_id", "text")
    .addColumn("before", "text")
    .addColumn("after", "text")
    .addColumn("request_id", "text")
    .execute();
  await schema.createIndex("audit_entry_position").unique().on("audit_entry").column("position").execute();
  await schema
    .createIndex("audit_entry_unsealed")
    .on("audit_entry")
    .columns(["transaction_number", "serial"])
    .where(sql.ref("position"), "is", null)
    .execute();
  for (const filter of ["application_id", "record_id", "actor_id", "action"]) {
    await schema
      .createIndex(`audit_entry_${filter}`)
      .on("audit_entry")
      .columns([filter, "at", "serial"])
      .where(sql.ref(filter), "is not", null)
      .execute();
  }
  await schema.createIndex("audit_entry_at").on("audit_entry").columns(["at", "serial"]).execute();
  await schema
    .createTable("audit_head")
    .addColumn("id", "integer", (c) => c.primaryKey())
    .addColumn("position", "bigint", (c) => c.notNull())
    .addColumn("hash", "text", (c) => c.notNull())
    .addColumn("dropped_position", "bigint", (c) => c.notNull())
    .addColumn("dropped_hash", "text", (c) => c.notNull())
    .addColumn("code", "text", (c) => c.notNull())
    .execute();
  await sql`insert into audit_head values (1, 0, '', 0, '', '')`.execute(db);
  for (const trigger of kit.auditTriggers) await trigger.execute(db);
  // Not only licenses of accounts are looked for when they end.
  await schema.dropIndex("license_ends").execute();
  await schema
    .createIndex("license_expires_at")
    .on("license")
    .column("expires_at")
    .where(sql.ref("expires_at"), "is not", null)
    .execute();
}
