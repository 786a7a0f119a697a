import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse, refusedCredentials, settingsOf } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { refusedSignIn } from "#domain/account-terms.ts";
import { refusalOf, type Refused } from "#domain/decision.ts";
import { claimAccount, findAccount } from "#storage/accounts.ts";
import { findApplication } from "#storage/applications.ts";
import type { Account, Application, Db } from "#storage/tables.ts";
import { admitAccount, type AdmittedAccount } from "#steps/admit-account.ts";
import { lockQuota } from "#steps/admit-session.ts";
import { linkLicense, type LinkRefusal } from "#steps/link-license.ts";
import { once } from "#steps/once.ts";
import { accountBefore, settleAccount } from "#steps/release-license.ts";
import { adoptAuthorization } from "#steps/refresh-roster.ts";
import { verifyCredentials } from "#steps/verify-credentials.ts";

type SignInRefusal = LinkRefusal | NonNullable<ReturnType<typeof refusedSignIn>> | "credentialsWrong";
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
  const admitted = await once(context, caller, (tx) =>
    signIn(context, tx, caller, application, verified.account, license),
  );
  if (admitted.refused) return refuse(admitted.refused);
  await adoptAuthorization(context, session, admitted.authorization);
  // Its license may have changed others' levels, and its login may have ended others.
  if (license || settingsOf(application).countLiveSessions) await context.changeLog.wake();
  return done(admitted.output);
}

async function signIn(
  context: Context,
  tx: Db,
  { session, address }: ByCredentials,
  application: Application,
  verified: Account,
  key: string | undefined,
): Promise<AdmittedAccount | Refused<SignInRefusal>> {
  const { now } = context;
  await lockQuota(tx, application);
  const account = await claimAccount(tx, verified, now);
  if (!account) return { refused: await refusedSince(tx, verified) };
  if (key) {
    const before = await accountBefore(context, tx, account.id);
    const linked = await linkLicense(context, tx, { applicationId: application.id, accountId: account.id, key });
    if (linked.refused) return linked;
    // The account's other sessions are told of their new levels; this one reads them in its answer.
    await settleAccount(context, tx, before, session.id);
  }
  return admitAccount(context, tx, { application, account, session, address });
}

/** What has changed about an account since its password was found right. */
async function refusedSince(tx: Db, { id, passwordHash }: Account) {
  const account = await findAccount(tx, { id });
  return account?.passwordHash === passwordHash ? (refusedSignIn(account) ?? "credentialsWrong") : "credentialsWrong";
}
