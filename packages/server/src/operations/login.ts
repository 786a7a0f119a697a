import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse, settingsOf } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { refusedSignIn } from "#domain/account-terms.ts";
import { type Decision, refusalOf } from "#domain/decision.ts";
import { readLogin } from "#domain/login-form.ts";
import { claimAccount, findAccount } from "#storage/accounts.ts";
import { findApplication } from "#storage/applications.ts";
import type { Account, ApplicationId, Db } from "#storage/tables.ts";
import { type Claimed, openUserSession } from "#steps/open-user-session.ts";
import { howUsersLook } from "#steps/how-users-look.ts";
import { verifyCredentials } from "#steps/verify-credentials.ts";

/** Opens a user-service session for an account. Order: US-LOGIN-4. */
export async function login(
  context: Context,
  caller: CallerOf<"login">,
  input: InputOf<"login">,
): Promise<Answer<"login">> {
  const application = await findApplication(context.db, { id: caller.applicationId });
  if (!application || !settingsOf(application).enableLogin) return refuse("loginsDisabled");
  const form = readLogin(input);
  if (form.refused) return refuse(form.refused);
  const isServer = caller.keyKind === "BL";
  if (form.objectId !== undefined && !isServer) return refuse("serverKeyRequired");

  const found =
    form.objectId !== undefined
      ? await accountById(context.db, application.id, form.objectId)
      : await verifyCredentials(context, { application, ...form, ...(!isServer && { address: caller.address }) });
  if (found.refused) return refusalOf(found);
  const show = await howUsersLook(context.db, application);
  const opened = await openUserSession(context, application, caller.address, (tx) =>
    claim(tx, found.account, context.now),
  );
  if (opened.refused) return refuse(opened.refused);
  return done({ account: show(opened.account), token: opened.token });
}

async function claim(tx: Db, verified: Account, now: number): Promise<Claimed<"credentialsWrong">> {
  const account = await claimAccount(tx, verified, now);
  return account ? { account } : { refused: "credentialsWrong" };
}

/** Server code signs an account in without its password, and without its lock (US-LOGIN-7). */
async function accountById(
  db: Db,
  applicationId: ApplicationId,
  id: string,
): Promise<Decision<{ readonly account: Account }, "accountNotFound" | "accountDisabled" | "emailUnconfirmed">> {
  const account = await findAccount(db, { id });
  if (account?.applicationId !== applicationId) return { refused: "accountNotFound" };
  const refused = refusedSignIn(account);
  return refused ? { refused } : { account };
}
