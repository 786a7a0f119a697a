import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse, settingsOf } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { accountOutput } from "#domain/account-output.ts";
import { refusedSignIn } from "#domain/account-terms.ts";
import { type Decision, refusalOf } from "#domain/decision.ts";
import { readLogin } from "#domain/login-form.ts";
import { newRowId, newToken, sha256 } from "#crypto/tokens.ts";
import { claimAccount, findAccount } from "#storage/accounts.ts";
import { findApplication } from "#storage/applications.ts";
import { insertSession } from "#storage/sessions.ts";
import type { Account, Application, ApplicationId, AuthorizationId, Db, SessionId } from "#storage/tables.ts";
import { transact } from "#storage/transaction.ts";
import { endUserSessions, userSessionsOf } from "#storage/user-sessions.ts";
import { endAttachedTo } from "#steps/end-attached.ts";
import { verifyCredentials } from "#steps/verify-credentials.ts";

/** What a setting of 0 allows (US-SESS-22). */
const concurrentLoginsAtMost = 1000;

interface Opened {
  readonly account: Account;
  readonly token: string;
  /** Live connections that were attached to a session that had to go. */
  readonly hasEvicted: boolean;
}

type SessionRefusal = "credentialsWrong" | "concurrentLoginLimit" | "loggedInElsewhere";

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
  const opened = await transact(context.db, (tx) =>
    openSession(context, tx, application, found.account, caller.address),
  );
  if (opened.refused) return refuse(opened.refused);
  if (opened.hasEvicted) await context.changeLog.wake();
  return done({ account: accountOutput(opened.account), token: opened.token });
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

/** Applies the concurrent-login policy and opens the session in one transaction (US-SESS-20 to 23). */
async function openSession(
  { now, activity }: Context,
  tx: Db,
  application: Application,
  verified: Account,
  address: string,
): Promise<Decision<Opened, SessionRefusal>> {
  const account = await claimAccount(tx, verified, now);
  if (!account) return { refused: "credentialsWrong" };
  let hasEvicted = false;
  const settings = settingsOf(application);
  const usedSince = now - settings.sessionTimeoutSeconds * 1000;
  const sessions = await userSessionsOf(tx, account.id);
  const live = sessions.filter(({ id, lastSeenAt }) => activity.lastSeenAt(id, lastSeenAt) > usedSince).length;
  if (settings.enableMultipleLogins) {
    if (live >= (settings.maxConcurrentLogins || concurrentLoginsAtMost)) return { refused: "concurrentLoginLimit" };
  } else {
    if (settings.logoutLastUser && live > 0) return { refused: "loggedInElsewhere" };
    for (const { id } of await endUserSessions(tx, account.id, null)) {
      if (await endAttachedTo(tx, id, "policy", now)) hasEvicted = true;
    }
  }
  const token = newToken();
  await insertSession(tx, {
    id: newRowId<SessionId>(),
    applicationId: application.id,
    door: "user-service",
    secretHash: sha256(token),
    address,
    authorizationId: newRowId<AuthorizationId>(),
    accountId: account.id,
    createdAt: now,
    lastSeenAt: now,
  });
  return { account, token, hasEvicted };
}
