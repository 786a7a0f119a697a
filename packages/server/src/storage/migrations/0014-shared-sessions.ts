import type { Kysely } from "kysely";

export async function up({ schema }: Pick<Kysely<never>, "schema">): Promise<void> {
  await schema.alterTable("session").addColumn("shared_at", "bigint").execute();
}
