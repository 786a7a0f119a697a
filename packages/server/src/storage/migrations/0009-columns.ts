import type { Kysely } from "kysely";

export async function up({ schema }: Pick<Kysely<never>, "schema">): Promise<void> {
  await schema
    .createTable("account_column")
    .addColumn("application_id", "text", (c) => c.notNull().references("application.id").onDelete("cascade"))
    .addColumn("name", "text", (c) => c.notNull())
    .addColumn("type", "text", (c) => c.notNull())
    .addColumn("presence", "text", (c) => c.notNull())
    .addColumn("repeats", "text", (c) => c.notNull())
    .addColumn("default_value", "text")
    .addColumn("created_by", "text", (c) => c.notNull())
    .addColumn("created_at", "bigint", (c) => c.notNull())
    .addPrimaryKeyConstraint("account_column_name", ["application_id", "name"])
    .execute();
  await schema
    .createTable("unique_value")
    .addColumn("application_id", "text", (c) => c.notNull())
    .addColumn("column_name", "text", (c) => c.notNull())
    .addColumn("value_hash", "text", (c) => c.notNull())
    .addColumn("account_id", "text", (c) => c.notNull().references("account.id").onDelete("cascade"))
    .addPrimaryKeyConstraint("unique_value_hash", ["application_id", "column_name", "value_hash"])
    .addForeignKeyConstraint(
      "unique_value_column",
      ["application_id", "column_name"],
      "account_column",
      ["application_id", "name"],
      (c) => c.onDelete("cascade"),
    )
    .execute();
  await schema.createIndex("unique_value_account").on("unique_value").column("account_id").execute();
}
