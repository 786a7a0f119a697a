import type { KeyKind } from "@latchkey/protocol";
import type { ApplicationId, Db } from "./tables.ts";

/** Binds a host, or binds it again to another key of its application. `false`: another application has it. */
export async function bindHost(
  db: Db,
  binding: { readonly host: string; readonly applicationId: ApplicationId; readonly keyHash: string },
): Promise<boolean> {
  const bound = await db
    .insertInto("host")
    .values(binding)
    .onConflict((c) =>
      c
        .column("host")
        .doUpdateSet({ keyHash: binding.keyHash })
        .where("host.applicationId", "=", binding.applicationId),
    )
    .returning("host")
    .executeTakeFirst();
  return bound !== undefined;
}

export async function listHosts(db: Db, applicationId: ApplicationId) {
  const rows = await db
    .selectFrom("host")
    .innerJoin("apiKey", "apiKey.keyHash", "host.keyHash")
    .select(["host.host", "apiKey.kind"])
    .where("host.applicationId", "=", applicationId)
    .orderBy("host.host")
    .execute();
  return rows.map(({ host, kind }) => ({ host, keyKind: clientKind(kind) }));
}

/** Only client keys are ever bound (US-ADDR-3). */
function clientKind(kind: KeyKind) {
  if (kind === "BL") throw new Error("a host is bound to a BL key");
  return kind;
}

/** `false`: it is not bound to this application. */
export async function unbindHost(db: Db, applicationId: string, host: string): Promise<boolean> {
  const unbound = await db
    .deleteFrom("host")
    .where("host", "=", host)
    .where("applicationId", "=", applicationId as ApplicationId)
    .returning("host")
    .executeTakeFirst();
  return unbound !== undefined;
}
