import type { Answer, InputOf, OutputOf } from "@latchkey/protocol";
import { accountRow, done, refuse, settingsOf } from "@latchkey/protocol";
import * as v from "valibot";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { type Passwords, retryWhenBusy } from "#crypto/passwords.ts";
import { type ForeignHash, readFirebaseHash, readForeignHash } from "#crypto/read-foreign-hash.ts";
import type { StoredHash } from "#crypto/stored-hash.ts";
import { asId, newObjectId } from "#crypto/tokens.ts";
import { columnsAfter, type Fitted, fitProperties, type Properties, propertiesText } from "#domain/fit-properties.ts";
import { defaultProperties } from "#domain/registration-form.ts";
import { type AskedAccount, readAccountRow, type RowRefusal, withoutEmpty } from "#domain/account-row.ts";
import {
  countMoreAccounts,
  identityOwners,
  insertImported,
  takeBackAccount,
  takeIdentities,
} from "#storage/account-imports.ts";
import { findApplication, lockApplication } from "#storage/applications.ts";
import { columnsOf } from "#storage/columns.ts";
import { foreignKinds } from "#storage/foreign-hashes.ts";
import { giveRole, lockRole } from "#storage/roles.ts";
import type { AccountId, Application, ApplicationId, Column, Db } from "#storage/tables.ts";
import { transact } from "#storage/transaction.ts";
import { settleProperties } from "#steps/settle-properties.ts";
import { recordAudit } from "#steps/record-audit.ts";

type Input = InputOf<"importAccounts">;
type Result = OutputOf<"importAccounts">["results"][number];

/** What the rows came to, by their places. */
type Results = Map<number, Result>;

/** A row that asks for an account, with the id that the account will have. */
interface Candidate extends AskedAccount {
  readonly at: number;
  readonly accountId: AccountId;
}

/** The same with what its password can be checked against, as it came. */
interface Stranger extends Candidate {
  readonly given: "nothing" | { readonly password: string } | ForeignHash | StoredHash;
}

/** The same as it is kept. */
interface Newcomer extends Candidate {
  readonly passwordHash: string | null;
  readonly foreignKind: string | null;
}

/** What is there already, and what there is room for. */
interface Room {
  readonly owners: Map<string, AccountId>;
  readonly kinds: Set<string>;
  readonly roles: ReadonlySet<string>;
  accounts: number;
  columns: Column[];
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
  const strangers = candidates.flatMap((candidate) => {
    const stranger = standing(candidate, owners) ?? strangerOf(candidate, firebase);
    if ("at" in stranger) return [stranger];
    results.set(candidate.at, stranger);
    return [];
  });
  const newcomers = await hashAll(context, strangers);
  if (!newcomers) return refuse("tooManyRequests", { retryAfter: retryWhenBusy });
  const written = await transact(context.db, (tx) => write(context, tx, application.id, newcomers));
  if (written.refused) return refuse(written.refused);
  for (const [at, result] of written.results) results.set(at, result);
  return done({ results: rows.map((_row, at) => results.get(at) ?? refused("rowMalformed")) });
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
  return { reason: Object.hasOwn(accountRow.entries, field) ? "fieldMalformed" : "fieldUnknown", field };
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

function strangerOf(candidate: Candidate, firebase: Input["firebase"]): Stranger | Result {
  const { secret } = candidate;
  if (secret === "nothing" || "password" in secret) return { ...candidate, given: secret };
  const { hash, salt } = secret;
  if (salt !== undefined && !firebase) return refused("firebaseHashingMissing");
  const given = salt !== undefined && firebase ? readFirebaseHash(hash, salt, firebase) : readForeignHash(hash);
  return given.refused ? refused(given.refused) : { ...candidate, given };
}

/** On all cores, and never with more in the queue than those take at once; `undefined`: others fill it. */
async function hashAll(
  { config, passwords }: Context,
  strangers: readonly Stranger[],
): Promise<Newcomer[] | undefined> {
  const newcomers: Newcomer[] = [];
  const waiting = strangers.values();
  const work = async () => {
    for (const stranger of waiting) {
      const { given, account } = stranger;
      const passwordHash = await hashOf(passwords, given, account.applicationId);
      if (passwordHash === undefined) return;
      const foreignKind = passwordHash === null ? null : passwords.foreignKind(passwordHash);
      newcomers.push({ ...stranger, passwordHash, foreignKind });
    }
  };
  await Promise.all(Array.from({ length: config.passwords.concurrency }, work));
  if (newcomers.length < strangers.length) return undefined;
  return newcomers.sort((one, other) => one.at - other.at);
}

async function hashOf(passwords: Passwords, given: Stranger["given"], applicationId: ApplicationId) {
  if (given === "nothing") return null;
  return "password" in given ? passwords.hash(given.password, applicationId) : passwords.adopt(given, applicationId);
}

async function write(
  context: Context,
  tx: Db,
  applicationId: ApplicationId,
  newcomers: readonly Newcomer[],
): Promise<{ readonly results: Results; readonly refused?: undefined } | { readonly refused: "applicationNotFound" }> {
  const results: Results = new Map();
  const application = await lockApplication(tx, applicationId);
  if (!application) return { refused: "applicationNotFound" };
  const room = await roomIn(tx, application, newcomers);
  for (const newcomer of newcomers) {
    const refusal = standing(newcomer, room.owners) ?? withoutRoom(newcomer, room);
    const result = refusal ?? (await addTo(context, tx, room, newcomer, application));
    results.set(newcomer.at, result);
    if (result.outcome === "imported") takeRoom(newcomer, room);
  }
  const added = [...results.values()].filter(({ outcome }) => outcome === "imported").length;
  await countMoreAccounts(tx, applicationId, added);
  if (added > 0) await recordAudit(tx, context, { record: "account", applicationId, after: { count: added } });
  return { results };
}

async function roomIn(tx: Db, application: Application, newcomers: readonly Newcomer[]): Promise<Room> {
  const { id: applicationId } = application;
  const { accountQuota } = settingsOf(application);
  const roles = new Set<string>();
  for (const name of new Set(newcomers.flatMap((newcomer) => newcomer.roles).sort())) {
    if (await lockRole(tx, { applicationId, name })) roles.add(name);
  }
  return {
    owners: await ownersOf(tx, applicationId, newcomers),
    kinds: new Set(await foreignKinds(tx, { applicationId })),
    roles,
    accounts: accountQuota === null ? Infinity : accountQuota - application.accountCount,
    columns: await columnsOf(tx, { applicationId }),
  };
}

function withoutRoom({ foreignKind, roles: asked }: Newcomer, { accounts, kinds, roles }: Room): Result | undefined {
  if (accounts <= 0) return refused("accountQuotaReached");
  const unknown = asked.find((role) => !roles.has(role));
  if (unknown !== undefined) return refused("roleNotFound", unknown);
  const isKnown = foreignKind === null || kinds.has(foreignKind);
  return isKnown || kinds.size < foreignKindsAtMost ? undefined : refused("hashKindsTooMany");
}

function takeRoom({ accountId, identityKeys, foreignKind }: Newcomer, room: Room): void {
  for (const key of identityKeys) room.owners.set(key, accountId);
  if (foreignKind !== null) room.kinds.add(foreignKind);
  room.accounts--;
}

async function addTo(
  context: Context,
  tx: Db,
  room: Room,
  newcomer: Newcomer,
  application: Application,
): Promise<Result> {
  const { accountId, passwordHash, foreignKind, roles } = newcomer;
  const fitted = fit(newcomer.properties, room.columns, application, context.now);
  if ("outcome" in fitted) return fitted;
  const properties = propertiesText({}, fitted);
  const account = { ...newcomer.account, id: accountId, passwordHash, foreignKind, properties };
  if (!(await insertImported(tx, account))) return refused("idTaken");
  const taken = await settle(context, tx, newcomer, room.columns, fitted);
  if (taken) {
    await takeBackAccount(tx, accountId);
    return taken;
  }
  for (const role of roles) await giveRole(tx, account, role);
  room.columns = columnsAfter(room.columns, fitted);
  return { outcome: "imported" };
}

/** An account begins with the defaults of its columns, at whatever door (US-REG-3). */
function fit(given: Properties, columns: readonly Column[], application: Application, now: number): Fitted | Result {
  const settings = settingsOf(application);
  const places = new Set(["name", ...columns.map(({ name }) => name)]);
  const lost = settings.dynamicSchema ? undefined : Object.keys(given).find((name) => !places.has(name));
  // A client's property without a column is dropped; whoever moves accounts wants to know.
  if (lost !== undefined) return refused("propertyUnknown", lost);
  const { values } = defaultProperties(columns);
  const all = { ...Object.fromEntries(values), ...given };
  const fitted = fitProperties(all, { applicationId: application.id, settings, columns, by: "server", now });
  return fitted.refused ? refused(fitted.refused) : fitted;
}

/** Takes for the account what only one can have. */
async function settle(
  context: Context,
  tx: Db,
  { account: { applicationId }, accountId, identityKeys }: Newcomer,
  columns: readonly Column[],
  fitted: Fitted,
): Promise<Result | undefined> {
  const identities = identityKeys.map((key) => ({ applicationId, key, accountId }));
  if (!(await takeIdentities(tx, identities))) return refused("loginTaken");
  const settled = await settleProperties(context, tx, { id: accountId, applicationId }, columns, fitted);
  return settled.refused && refused(settled.refused);
}

function refused(reason: RowRefusal["reason"], field?: string): Result {
  return { outcome: "refused", reason, ...(field !== undefined && { field }) };
}
