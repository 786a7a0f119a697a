import type { Answer, InputOf, OutputOf } from "@latchkey/protocol";
import { accountRow, done, refuse, settingsOf } from "@latchkey/protocol";
import * as v from "valibot";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { retryWhenBusy } from "#crypto/passwords.ts";
import { readFirebaseHash, readForeignHash } from "#crypto/read-foreign-hash.ts";
import { asId, newObjectId } from "#crypto/tokens.ts";
import { type AskedAccount, readAccountRow, type RowRefusal, withoutEmpty } from "#domain/account-row.ts";
import {
  accountIdsAmong,
  countMoreAccounts,
  identityOwners,
  insertAccounts,
  takeBackAccounts,
  takeIdentities,
} from "#storage/account-imports.ts";
import { findApplication, lockApplication } from "#storage/applications.ts";
import { foreignKinds } from "#storage/foreign-hashes.ts";
import type { AccountId, Application, ApplicationId, Db, NewAccount } from "#storage/tables.ts";
import { transact } from "#storage/transaction.ts";

type Input = InputOf<"importAccounts">;
type Result = OutputOf<"importAccounts">["results"][number];

/** What the rows came to, by their places. */
type Results = Map<number, Result>;

/** A row that asks for an account, with the id that the account will have. */
interface Candidate extends AskedAccount {
  readonly at: number;
  readonly accountId: AccountId;
}

interface Hashed extends Candidate {
  readonly passwordHash: string | null;
  readonly foreignKind: string | null;
}

/** Every sign-in of the application computes each of them once. */
const foreignKindsAtMost = 8;

/** Takes in what is not there yet: first who that is, then the hashes, then the accounts in one transaction. */
export async function importAccounts(
  context: Context,
  _: CallerOf<"importAccounts">,
  { applicationId, rows, firebase }: Input,
): Promise<Answer<"importAccounts">> {
  const application = await findApplication(context.db, { id: applicationId });
  if (!application) return refuse("applicationNotFound");
  const results: Results = new Map();
  const candidates = readRows(context, application, rows, results);
  const owners = await ownersOf(context.db, application.id, candidates);
  const strangers = candidates.filter((candidate) => !settle(results, candidate, standing(candidate, owners)));
  const hashed = await hashAll(context, strangers, firebase, results);
  if (!hashed) return refuse("tooManyRequests", { retryAfter: retryWhenBusy });
  const written = await transact(context.db, (tx) => write(tx, application.id, hashed));
  if (written.refused) return refuse(written.refused);
  for (const [at, result] of written.results) results.set(at, result);
  return done({ results: rows.map((_row, at) => results.get(at) ?? { outcome: "imported" }) });
}

function readRows({ now }: Context, application: Application, rows: Input["rows"], results: Results): Candidate[] {
  const target = { applicationId: application.id, settings: settingsOf(application), now };
  return rows.flatMap((row, at) => {
    const checked = checkRow(row);
    const asked = "reason" in checked ? checked : readAccountRow(checked.row, target);
    if ("reason" in asked) {
      results.set(at, { outcome: "refused", ...asked });
      return [];
    }
    return [{ ...asked, at, accountId: asked.id === undefined ? newObjectId<AccountId>() : asId<AccountId>(asked.id) }];
  });
}

function checkRow(row: unknown): { readonly row: v.InferOutput<typeof accountRow> } | RowRefusal {
  if (typeof row !== "object" || row === null || Array.isArray(row)) return { reason: "rowMalformed" };
  const checked = v.safeParse(accountRow, withoutEmpty(row), { abortEarly: true });
  if (checked.success) return { row: checked.output };
  const [issue] = checked.issues;
  const field = String(issue.path?.[0].key);
  return { reason: field in accountRow.entries ? "fieldMalformed" : "fieldUnknown", field };
}

/** What becomes of somebody whose identities have these owners, unless nobody has any of them. */
function standing({ id, identityKeys }: Candidate, owners: ReadonlyMap<string, AccountId>): Result | undefined {
  const [owner, ...others] = new Set(identityKeys.map((key) => owners.get(key)));
  if (owner === undefined && others.length === 0) return undefined;
  const isPresent = others.length === 0 && (id === undefined || id === owner);
  return isPresent ? { outcome: "present" } : refused("loginTaken");
}

function ownersOf(db: Db, applicationId: ApplicationId, candidates: readonly Candidate[]) {
  const keys = new Set(candidates.flatMap(({ identityKeys }) => identityKeys));
  return identityOwners(db, applicationId, [...keys]);
}

/** On all cores, and never with more in the queue than those take at once; `undefined`: others fill it. */
async function hashAll(
  context: Context,
  candidates: readonly Candidate[],
  firebase: Input["firebase"],
  results: Results,
): Promise<Hashed[] | undefined> {
  const hashed: Hashed[] = [];
  const waiting = candidates.values();
  let isBusy = false;
  const work = async () => {
    for (const candidate of waiting) {
      const passwordHash = await hashOf(context, candidate, firebase);
      if (passwordHash === undefined) isBusy = true;
      if (isBusy || passwordHash === undefined) return;
      if (passwordHash !== null && typeof passwordHash !== "string") results.set(candidate.at, passwordHash);
      else
        hashed.push({
          ...candidate,
          passwordHash,
          foreignKind: passwordHash && context.passwords.foreignKind(passwordHash),
        });
    }
  };
  await Promise.all(Array.from({ length: context.config.passwords.concurrency }, work));
  return isBusy ? undefined : hashed.sort((one, other) => one.at - other.at);
}

/** What is kept of the row's password, or why it cannot be. */
async function hashOf(
  { passwords }: Context,
  { secret, account }: Candidate,
  firebase: Input["firebase"],
): Promise<string | null | Result | undefined> {
  if (secret === "none") return null;
  if ("password" in secret) return passwords.hash(secret.password, account.applicationId);
  const { hash, salt } = secret;
  if (salt !== undefined && !firebase) return refused("firebaseHashingMissing");
  const read = salt !== undefined && firebase ? readFirebaseHash(hash, salt, firebase) : readForeignHash(hash);
  return read.refused ? refused(read.refused) : passwords.adopt(read, account.applicationId);
}

async function write(
  tx: Db,
  applicationId: ApplicationId,
  hashed: readonly Hashed[],
): Promise<{ readonly results: Results; readonly refused?: undefined } | { readonly refused: "applicationNotFound" }> {
  const results: Results = new Map();
  const application = await lockApplication(tx, applicationId);
  if (!application) return { refused: "applicationNotFound" };
  const judge = await judgeOf(tx, application, hashed);
  const accepted = hashed.filter((candidate) => !settle(results, candidate, judge(candidate)));

  const inserted = await insertAccounts(tx, accepted.map(accountOf));
  const added = accepted.filter(
    (candidate) => inserted.has(candidate.accountId) || !settle(results, candidate, refused("idTaken")),
  );
  const identities = added.flatMap(({ accountId, identityKeys }) =>
    identityKeys.map((key) => ({ applicationId, key, accountId })),
  );
  const taken = await takeIdentities(tx, identities);
  const losers = added.filter(({ identityKeys }) => !identityKeys.every((key) => taken.has(key)));
  for (const loser of losers) settle(results, loser, refused("loginTaken"));
  await takeBackAccounts(
    tx,
    losers.map(({ accountId }) => accountId),
  );
  await countMoreAccounts(tx, applicationId, added.length - losers.length);
  return { results };
}

/** Judges the candidates one after another, each as if those before it were there already. */
async function judgeOf(tx: Db, application: Application, hashed: readonly Hashed[]) {
  const owners = await ownersOf(tx, application.id, hashed);
  const ids = await accountIdsAmong(
    tx,
    hashed.map(({ accountId }) => accountId),
  );
  const kinds = new Set(await foreignKinds(tx, { applicationId: application.id }));
  const { accountQuota } = settingsOf(application);
  let free = accountQuota === null ? Infinity : accountQuota - application.accountCount;
  return (candidate: Hashed): Result | undefined => {
    const { accountId, identityKeys, foreignKind } = candidate;
    const result = standing(candidate, owners);
    if (result) return result;
    if (ids.has(accountId)) return refused("idTaken");
    if (free <= 0) return refused("accountQuotaReached");
    if (foreignKind !== null && !kinds.has(foreignKind)) {
      if (kinds.size >= foreignKindsAtMost) return refused("hashKindsTooMany");
      kinds.add(foreignKind);
    }
    free--;
    ids.add(accountId);
    for (const key of identityKeys) owners.set(key, accountId);
    return undefined;
  };
}

function accountOf({ account, accountId: id, passwordHash, foreignKind }: Hashed): NewAccount {
  return { ...account, id, passwordHash, foreignKind };
}

/** Whether the candidate comes to something already. */
function settle(results: Results, { at }: Candidate, result: Result | undefined): boolean {
  if (result) results.set(at, result);
  return result !== undefined;
}

function refused(reason: RowRefusal["reason"]): Result {
  return { outcome: "refused", reason };
}
