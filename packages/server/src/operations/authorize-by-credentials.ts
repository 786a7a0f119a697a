import type { Answer, InputOf, OutputOf } from "@latchkey/protocol";
import { done, refuse, refusedCredentials, settingsOf } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import type { Authorization } from "#cluster/roster.ts";
import { type AccountTerms, accountTerms, refusedSignIn } from "#domain/account-terms.ts";
import { type Decision, refusalOf } from "#domain/decision.ts";
import { timeFields } from "#domain/license-terms.ts";
import { claimAccount, findAccount } from "#storage/accounts.ts";
import { findApplication } from "#storage/applications.ts";
import { licensesOfAccount } from "#storage/licenses.ts";
import type { Account, Application, Db } from "#storage/tables.ts";
import { transact } from "#storage/transaction.ts";
import { admitSession, lockQuota } from "#steps/admit-session.ts";
import { type Held, holdLicense } from "#steps/hold-license.ts";
import { linkLicense, type LinkRefusal } from "#steps/link-license.ts";
import { verifyCredentials } from "#steps/verify-credentials.ts";

interface SignedIn {
  readonly account: Account;
  readonly terms: AccountTerms;
  readonly authorization: Authorization;
}
type SignInRefusal =
  LinkRefusal | NonNullable<Held["refused"]> | NonNullable<ReturnType<typeof refusedSignIn>> | "credentialsWrong";
type ByCredentials = CallerOf<"authorizeByCredentials">;

/** Authorizes the session by an account, linking a license on the way if one is given. Order: LP-CRED-6. */
export async function authorizeByCredentials(
  context: Context,
  caller: ByCredentials,
  input: InputOf<"authorizeByCredentials">,
): Promise<Answer<"authorizeByCredentials">> {
  const { applicationId, address, session } = caller;
  const malformed = refusedCredentials(input);
  if (malformed) return refuse(malformed);
  if (caller.authorization) return refuse("alreadyAuthorized");
  const application = await findApplication(context.db, { id: applicationId });
  if (!application) return refuse("credentialsWrong");

  const { login, password, license } = input;
  const verified = await verifyCredentials(context, { application, login, password, address });
  if (verified.refused) return refusalOf(verified);
  const admitted = await transact(context.db, (tx) =>
    signIn(context, tx, caller, application, verified.account, license),
  );
  if (admitted.refused) return refuse(admitted.refused);
  context.roster.update(session.id, admitted.authorization);
  return done(outputOf(context, admitted.account, admitted.terms, application, address));
}

async function signIn(
  context: Context,
  tx: Db,
  { session }: ByCredentials,
  application: Application,
  verified: Account,
  key: string | undefined,
): Promise<Decision<SignedIn, SignInRefusal>> {
  const { now } = context;
  await lockQuota(tx, application);
  const account = await claimAccount(tx, verified, now);
  if (!account) return { refused: await refusedSince(tx, verified) };
  if (key) {
    const linked = await linkLicense(tx, { applicationId: application.id, accountId: account.id, key, now });
    if (linked.refused) return linked;
  }
  const licenses = await licensesOfAccount(tx, { accountId: account.id });
  const terms = accountTerms(account, licenses, now);
  const admission = { application, session, accountId: account.id, expiresAt: terms.expiresAt };
  const admitted = settingsOf(application).licenseRequired
    ? await holdLicense(context, tx, licenses, admission)
    : await admitSession(context, tx, { ...admission, expiresAt: null });
  return admitted.refused ? admitted : { ...admitted, account, terms };
}

/** What has changed about an account since its password was found right. */
async function refusedSince(tx: Db, { id, passwordHash }: Account) {
  const account = await findAccount(tx, { id });
  return account?.passwordHash === passwordHash ? (refusedSignIn(account) ?? "credentialsWrong") : "credentialsWrong";
}

function outputOf(
  { now }: Context,
  account: Account,
  { levels, expiresAt }: AccountTerms,
  application: Application,
  ipAddress: string,
): OutputOf<"authorizeByCredentials"> {
  return {
    login: account.login ?? account.email ?? "",
    levels,
    ...(account.comment !== null && { comment: account.comment }),
    ipAddress,
    ...timeFields(expiresAt, now),
    licenseRequired: settingsOf(application).licenseRequired,
  };
}
