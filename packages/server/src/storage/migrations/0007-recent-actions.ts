import type { Kysely } from "kysely";

export async function up({ schema }: Pick<Kysely<never>, "schema">): Promise<void> {
  await schema.alterTable("session").addColumn("recent_actions", "text").execute();
}
