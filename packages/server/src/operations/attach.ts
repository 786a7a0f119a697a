import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { refusedSignIn } from "#domain/account-terms.ts";
import type { Refused } from "#domain/decision.ts";
import { lockAccount } from "#storage/accounts.ts";
import { findApplication } from "#storage/applications.ts";
import { shareAuthorization } from "#storage/authorizations.ts";
import type { Application, Db } from "#storage/tables.ts";
import { admitAccount, type AdmittedAccount } from "#steps/admit-account.ts";
import { lockQuota } from "#steps/admit-session.ts";
import { findLiveUserSession, type TokenHolder } from "#steps/find-live-user-session.ts";
import { once } from "#steps/once.ts";
import { adoptAuthorization } from "#steps/refresh-roster.ts";

type Attaching = CallerOf<"attach">;
type Holder = Extract<TokenHolder, { readonly state: "live" }>;

/**
 * Gives the connection the account of a user-service session, for as long as both of them are (LP-ATT-1). It is admitted
 * as by the account's password; whatever stands in the way, the answer is 3.
 */
export async function attach(
  context: Context,
  caller: Attaching,
  { userToken }: InputOf<"attach">,
): Promise<Answer<"attach">> {
  if (caller.authorization) return refuse("alreadyAuthorized");
  const application = await findApplication(context.db, { id: caller.applicationId });
  const holder = await findLiveUserSession(context, caller.applicationId, userToken);
  if (!application || holder.state !== "live") return refuse("notAuthorized");
  const attached = await once(context, caller, (tx) => authorizeBy(context, tx, caller, application, holder));
  if (attached.refused === "alreadyAuthorized" || attached.refused === "alreadyAnswered")
    return refuse(attached.refused);
  if (attached.refused) return refuse("notAuthorized");
  await adoptAuthorization(context, caller.session, attached.authorization);
  return done(attached.output);
}

async function authorizeBy(
  context: Context,
  tx: Db,
  { session, address }: Attaching,
  application: Application,
  { sessionId: attachedTo, secretHash, authorizationId, accountId }: Holder,
): Promise<AdmittedAccount | Refused<"notAuthorized">> {
  const { now } = context;
  await lockQuota(tx, application);
  const account = await lockAccount(tx, accountId);
  if (!account || refusedSignIn(account)) return { refused: "notAuthorized" };
  // Names what the token stands for: a logout of it that has been answered is not overtaken.
  if (!(await shareAuthorization(tx, { sessionId: attachedTo, secretHash, authorizationId, now }))) {
    return { refused: "notAuthorized" };
  }
  return admitAccount(context, tx, { application, account, session, address, attachedTo });
}
