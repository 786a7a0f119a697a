import type { Kysely } from "kysely";
import { sql } from "kysely";

export async function up({ schema }: Pick<Kysely<never>, "schema">): Promise<void> {
  await schema
    .createTable("role")
    .addColumn("application_id", "text", (c) => c.notNull().references("application.id").onDelete("cascade"))
    .addColumn("name", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("role_name", ["application_id", "name"])
    .execute();
  await schema
    .createTable("account_role")
    .addColumn("account_id", "text", (c) => c.notNull().references("account.id").onDelete("cascade"))
    .addColumn("application_id", "text", (c) => c.notNull())
    .addColumn("name", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("account_role_name", ["account_id", "name"])
    .addForeignKeyConstraint("account_role_role", ["application_id", "name"], "role", ["application_id", "name"], (c) =>
      c.onDelete("cascade"),
    )
    .execute();
  await schema.createIndex("account_role_of").on("account_role").columns(["application_id", "name"]).execute();
  await schema.alterTable("account").addColumn("last_held_at", "bigint").execute();
  await schema
    .createIndex("account_guest")
    .on("account")
    .column("application_id")
    .where(sql.ref("status"), "=", sql.lit("guest"))
    .execute();
}
