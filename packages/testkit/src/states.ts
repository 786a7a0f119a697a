import { randomUUID } from "node:crypto";
import { identityKey } from "@latchkey/protocol";
import type {
  Account,
  AccountId,
  ApplicationId,
  License,
  LicenseId,
  NewAccount,
  NewLicense,
} from "@latchkey/server/storage/tables.ts";
import { must, type Product, type TestServer } from "./test-server.ts";

/** The password of the accounts that `addAccount` makes, and its hash: sets up an account without hashing anything. */
export const knownPassword = "correct horse";
const knownHash = "$argon2id$v=19$m=19456,t=2,p=1$d4eeWU0SejhNO3zHRVKEqw$pv86dvfF1b81Stk5ZscRxT69pXn6znyAlwjxNdc12zc";

/** Writes an account with its identities; whatever is not given is that of a plain one. */
export async function addAccount({ db }: TestServer, { id }: Product, given: Partial<NewAccount>): Promise<Account> {
  const applicationId = id as ApplicationId;
  const account = await db
    .insertInto("account")
    .values({
      id: randomUUID().toUpperCase() as AccountId,
      applicationId,
      login: null,
      email: null,
      passwordHash: knownHash,
      status: "enabled",
      levels: "[]",
      comment: null,
      locale: null,
      properties: "{}",
      signUpDoor: null,
      signUpAddress: null,
      createdAt: 1,
      updatedAt: null,
      lastLoginAt: null,
      blacklistedAt: null,
      ...given,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  const keys = new Set([account.login, account.email].filter((identity) => identity !== null).map(identityKey));
  for (const key of keys)
    await db.insertInto("identity").values({ applicationId, key, accountId: account.id }).execute();
  await db
    .updateTable("application")
    .set((e) => ({ accountCount: e("accountCount", "+", 1) }))
    .where("id", "=", applicationId)
    .execute();
  return account;
}

/** Writes a license with a key of the test's choice; whatever is not given is that of an available one. */
export function addLicense(
  { db }: TestServer,
  { id }: Product,
  given: Partial<NewLicense> & { readonly key: string },
): Promise<License> {
  return db
    .insertInto("license")
    .values({
      id: randomUUID() as LicenseId,
      applicationId: id as ApplicationId,
      levels: "[]",
      comment: null,
      durationMs: null,
      seats: null,
      clientPolicy: "any",
      createdAt: 1,
      ...given,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** Changes a license in ways that no operation can yet. */
export async function changeLicense({ db }: TestServer, key: string, changes: Partial<NewLicense>): Promise<void> {
  await db.updateTable("license").set(changes).where("key", "=", key).returning("id").executeTakeFirstOrThrow();
}

/** Takes a table away while `work` runs: whatever needs it fails inside. */
export async function withoutTable({ db }: TestServer, table: string, work: () => Promise<void>): Promise<void> {
  await db.schema.alterTable(table).renameTo(`${table}_away`).execute();
  try {
    await work();
  } finally {
    await db.schema.alterTable(`${table}_away`).renameTo(table).execute();
  }
}

export async function pauseApplication({ console }: TestServer, { id }: Product): Promise<void> {
  await must(console, "pauseApplication", { applicationId: id });
}

export async function blacklistClient({ db }: TestServer, { id }: Product, clientId: string): Promise<void> {
  const entry = {
    applicationId: id as ApplicationId,
    kind: "client",
    value: clientId,
    madeBy: "operator",
    createdAt: 1,
  } as const;
  await db.insertInto("blacklistEntry").values(entry).execute();
}
