import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse, settingsOf } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { retryWhenBusy } from "#crypto/passwords.ts";
import { type Decision, refusalOf } from "#domain/decision.ts";
import { isEmpty } from "#domain/login-form.ts";
import { readProperties } from "#domain/user-form.ts";
import { userOutput } from "#domain/user-output.ts";
import { findApplication } from "#storage/applications.ts";
import { rehearse, transact } from "#storage/transaction.ts";
import { type AccountUpdate, writeUpdate } from "#steps/write-update.ts";

/** Changes an account for its own user, for server code, or where the application says so for every user (US-UPD-1 to 10). */
export async function updateAccount(
  context: Context,
  caller: CallerOf<"updateAccount">,
  { accountId, properties }: InputOf<"updateAccount">,
): Promise<Answer<"updateAccount">> {
  const { db, changeLog, mailSender } = context;
  const { applicationId, keyKind, session, authorization } = caller;
  const isServer = keyKind === "BL";
  if (!isServer && !authorization) return refuse("updateNeedsLogin");
  const form = readProperties(properties);
  if (!form || !isSameId(form["objectId"], accountId)) return refuse("propertiesMalformed");
  const application = await findApplication(db, { id: applicationId });
  if (!application) return refuse("updateTargetMissing");
  const isOwn = authorization?.accountId === accountId;
  if (!isServer && !isOwn && settingsOf(application).userAccess !== "open") return refuse("updateOfOthersForbidden");

  const update: AccountUpdate = {
    applicationId,
    accountId,
    form,
    by: isServer ? "server" : "client",
    isOthers: !isServer && !isOwn,
    ...(session && authorization && { user: { session, authorization } }),
  };
  const hashed = typeof form["password"] === "string" ? await hashIfNew(context, update, form["password"]) : {};
  if (hashed.refused) return refusalOf(hashed);
  const written = await transact(db, (tx) => writeUpdate(context, tx, update, hashed.hash));
  if (written.refused) return refuse(written.refused);
  if (hashed.hash !== undefined) await changeLog.wake();
  if (written.account.status === "unconfirmed") mailSender.wake();
  return done({ account: userOutput(written.account, written.columns, settingsOf(application)) });
}

type RehearsedRefusal = (Awaited<ReturnType<typeof writeUpdate>> & { readonly refused: string })["refused"];

/** Hashes a password unless it is the present one (US-UPD-8), or the update is refused anyway. */
async function hashIfNew(
  context: Context,
  update: AccountUpdate,
  password: string,
): Promise<Decision<{ readonly hash?: string }, RehearsedRefusal | "tooManyRequests">> {
  const { db, passwords } = context;
  const rehearsed = await rehearse(db, (tx) => writeUpdate(context, tx, update));
  if (rehearsed.refused) return rehearsed;
  const { passwordHash, applicationId } = rehearsed.account;
  const verified = passwordHash === null ? nothing : await passwords.verify(password, passwordHash, applicationId);
  if (verified?.matches) return {};
  const hash = verified && (await passwords.hash(password, applicationId));
  return hash === undefined ? { refused: "tooManyRequests", retryAfter: retryWhenBusy } : { hash };
}

const nothing = { matches: false };

function isSameId(given: unknown, accountId: string): boolean {
  return isEmpty(given) || given === accountId;
}
