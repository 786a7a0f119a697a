import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { refusedSignIn } from "#domain/account-terms.ts";
import { newRowId } from "#crypto/tokens.ts";
import { lockAccount } from "#storage/accounts.ts";
import { findApplication } from "#storage/applications.ts";
import { authorizeSession, useAuthorization } from "#storage/authorizations.ts";
import { licensesOfAccount } from "#storage/licenses.ts";
import type { AuthorizationId, Db } from "#storage/tables.ts";
import { accountAuthorizationOutput } from "#domain/account-output.ts";
import { findLiveUserSession, type TokenHolder } from "#steps/find-live-user-session.ts";
import { once } from "#steps/once.ts";
import { adoptAuthorization } from "#steps/refresh-roster.ts";

type Attaching = CallerOf<"attach">;
type Holder = Extract<TokenHolder, { readonly state: "live" }>;

/** Gives the connection the account of a user-service session, for as long as both of them are (LP-ATT-1). */
export async function attach(
  context: Context,
  caller: Attaching,
  { userToken }: InputOf<"attach">,
): Promise<Answer<"attach">> {
  if (caller.authorization) return refuse("alreadyAuthorized");
  const holder = await findLiveUserSession(context, caller.applicationId, userToken);
  if (holder.state !== "live") return refuse("notAuthorized");
  const attached = await once(context, caller, (tx) => authorizeBy(context, tx, caller, holder));
  if (attached.refused) return refuse(attached.refused);
  await adoptAuthorization(context, caller.session, attached.authorization);
  return done(attached.output);
}

async function authorizeBy({ now }: Context, tx: Db, { applicationId, session, address }: Attaching, holder: Holder) {
  const application = await findApplication(tx, { id: applicationId });
  // Locked first, so that whoever ends the sessions of the account sees this one.
  const account = await lockAccount(tx, holder.accountId);
  if (!application || !account || refusedSignIn(account)) return { refused: "notAuthorized" } as const;
  // Names what the token stands for: a logout of it that has been answered is not overtaken.
  const { sessionId: attachedTo, secretHash, authorizationId, accountId } = holder;
  if (!(await useAuthorization(tx, { sessionId: attachedTo, secretHash, authorizationId, now }))) {
    return { refused: "notAuthorized" } as const;
  }
  const id = newRowId<AuthorizationId>();
  const authorized = await authorizeSession(tx, {
    sessionId: session.id,
    secretHash: session.secretHash,
    authorizationId: id,
    accountId,
    licenseId: null,
    expiresAt: null,
    attachedTo,
    now,
  });
  if (!authorized) return { refused: "alreadyAuthorized" } as const;
  const output = accountAuthorizationOutput(
    application,
    account,
    await licensesOfAccount(tx, { accountId }),
    address,
    now,
  );
  return { authorization: { id, accountId, attachedTo }, output };
}
