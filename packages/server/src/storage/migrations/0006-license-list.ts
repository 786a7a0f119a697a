import type { Kysely } from "kysely";

export async function up({ schema }: Pick<Kysely<never>, "schema">): Promise<void> {
  // A page of them is read where it begins, however many there are before it.
  await schema.createIndex("license_created").on("license").columns(["application_id", "created_at", "id"]).execute();
}
