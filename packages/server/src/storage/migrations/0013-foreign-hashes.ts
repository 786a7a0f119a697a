import type { Kysely } from "kysely";
import { sql } from "kysely";

export async function up({ schema }: Pick<Kysely<never>, "schema">): Promise<void> {
  await schema.alterTable("account").addColumn("foreign_kind", "text").execute();
  await schema
    .createIndex("account_foreign_kind")
    .on("account")
    .columns(["application_id", "foreign_kind"])
    .where(sql.ref("foreign_kind"), "is not", null)
    .execute();
  // Many accounts that were moved in together have the same age: a page of them is read where it begins.
  await schema.dropIndex("account_created").execute();
  await schema.createIndex("account_created").on("account").columns(["application_id", "created_at", "id"]).execute();
}
