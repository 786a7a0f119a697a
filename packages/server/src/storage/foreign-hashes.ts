import { statement } from "./statement.ts";
import type { ApplicationId, Db } from "./tables.ts";

const kindsOf = statement<{ applicationId: ApplicationId }, { kind: string | null }>((db, given) =>
  db
    .withRecursive("known", (next) => {
      const least = next
        .selectFrom("account")
        .select((e) => e.fn.min("foreignKind").as("kind"))
        .where("applicationId", "=", given("applicationId"))
        .where("foreignKind", "is not", null);
      // From each kind to the one after it in the index, however many accounts there are of either.
      const nextOne = next
        .selectFrom("known")
        .select((e) =>
          e
            .selectFrom("account")
            .select((inner) => inner.fn.min("account.foreignKind").as("kind"))
            .where("account.applicationId", "=", given("applicationId"))
            .where("account.foreignKind", "is not", null)
            .whereRef("account.foreignKind", ">", "known.kind")
            .as("kind"),
        )
        .where("known.kind", "is not", null);
      return least.unionAll(nextOne);
    })
    .selectFrom("known")
    .select("kind")
    .where("kind", "is not", null),
);

/** The kinds of all foreign hashes that accounts of the application still have, each once. */
export async function foreignKinds(db: Db, given: { readonly applicationId: ApplicationId }): Promise<string[]> {
  const rows = await kindsOf(db, given);
  return rows.flatMap(({ kind }) => (kind === null ? [] : [kind]));
}
