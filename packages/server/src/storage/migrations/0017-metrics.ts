import type { Kysely } from "kysely";

export async function up({ schema }: Pick<Kysely<never>, "schema">): Promise<void> {
  await schema
    .createTable("measure")
    .addColumn("application_id", "text", (c) => c.notNull().references("application.id").onDelete("cascade"))
    .addColumn("span", "text", (c) => c.notNull())
    .addColumn("starts_at", "bigint", (c) => c.notNull())
    .addColumn("name", "text", (c) => c.notNull())
    .addColumn("count", "integer", (c) => c.notNull())
    .addPrimaryKeyConstraint("measure_of_application", ["application_id", "span", "starts_at", "name"])
    .execute();
  // Of servers that were started by an earlier release it is not known.
  await schema.alterTable("node").addColumn("started_at", "bigint").execute();
}
