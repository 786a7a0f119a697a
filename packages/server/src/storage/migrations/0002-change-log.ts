import type { Kysely } from "kysely";
import { sql } from "kysely";
import type { DatabaseKit } from "../dialects/kit.ts";

export async function up({ schema }: Pick<Kysely<never>, "schema">, kit: DatabaseKit): Promise<void> {
  await schema
    .createTable("change")
    .addColumn("serial", kit.serialType, (c) => kit.serial(c))
    .addColumn("transaction_number", "bigint", (c) => c.notNull().defaultTo(kit.transactionNumber))
    .addColumn("at", "bigint", (c) => c.notNull())
    .addColumn("event", "text", (c) => c.notNull())
    .addColumn("application_id", "text", (c) => c.notNull())
    .addColumn("license_id", "text")
    .addColumn("account_id", "text")
    .addColumn("session_id", "text")
    .addColumn("content", "text", (c) => c.notNull())
    .addColumn("except_session_id", "text")
    .execute();
  await schema.createIndex("change_order").on("change").columns(["transaction_number", "serial"]).execute();
  await schema.alterTable("session").addColumn("subscribed_at", "bigint").execute();
  // A node that stops looks for its own.
  await schema
    .createIndex("session_node")
    .on("session")
    .column("node_id")
    .where(sql.ref("node_id"), "is not", null)
    .execute();
}
