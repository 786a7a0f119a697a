import { settingsOf } from "@latchkey/protocol";
import type { CallerSession } from "#caller.ts";
import type { Context } from "#context.ts";
import type { Authorization } from "#storage/live-session.ts";
import type { Decision } from "#domain/decision.ts";
import { newRowId } from "#crypto/tokens.ts";
import { lockApplication } from "#storage/applications.ts";
import { authorizeSession } from "#storage/authorizations.ts";
import { countAuthorized, countSeatsTaken, endLostSession } from "#storage/seats.ts";
import type { AccountId, Application, AuthorizationId, Db, License, SessionId } from "#storage/tables.ts";
import { holding } from "./holding.ts";
import { makeRoom } from "./make-room.ts";

export interface Admission {
  readonly application: Application;
  readonly session: Required<CallerSession>;
  readonly accountId?: AccountId;
  /** Claimed in this transaction, so that nobody else counts its seats meanwhile. */
  readonly license?: License;
  /** Milliseconds; `null`: never. */
  readonly expiresAt: number | null;
  /** The user-service session whose account it is. */
  readonly attachedTo?: SessionId;
}

export type Admitted = Decision<
  { readonly authorization: Authorization },
  "sessionQuotaReached" | "noFreeSeat" | "alreadyAuthorized"
>;

/**
 * Authorizes a session within the application's quota, the license's seats and, where live sessions count as logins, the
 * account's (US-SESS-24). Runs in a transaction that began with `lockQuota` and has locked the account, if there is one.
 */
export async function admitSession(context: Context, tx: Db, admission: Admission): Promise<Admitted> {
  const { application, session, license, accountId, expiresAt, attachedTo } = admission;
  // A connection that is attached shares the login of its token.
  const isLogin = accountId !== undefined && attachedTo === undefined && settingsOf(application).countLiveSessions;
  if (isLogin && (await makeRoom(context, tx, application, accountId)).refused) {
    return { refused: "sessionQuotaReached" };
  }
  if (!(await hasQuota(context, tx, application))) return { refused: "sessionQuotaReached" };
  if (license && !(await hasSeat(context, tx, license, session.clientId))) return { refused: "noFreeSeat" };
  const authorizationId = newRowId<AuthorizationId>();
  const authorized = await authorizeSession(tx, {
    sessionId: session.id,
    secretHash: session.secretHash,
    authorizationId,
    accountId: accountId ?? null,
    licenseId: license?.id ?? null,
    expiresAt,
    attachedTo: attachedTo ?? null,
    now: context.now,
  });
  if (!authorized) return { refused: "alreadyAuthorized" };
  const authorization: Authorization = {
    id: authorizationId,
    ...(accountId && { accountId }),
    ...(license && { licenseId: license.id }),
    ...(expiresAt !== null && { expiresAt }),
    ...(attachedTo && { attachedTo }),
  };
  return { authorization };
}

/**
 * Makes the count of the application's sessions stay true until the transaction ends. Comes first in it: rows are locked
 * in the order application, account, license, session, or two transactions could wait for each other.
 */
export async function lockQuota(tx: Db, application: Application): Promise<void> {
  if (settingsOf(application).sessionQuota !== null) await lockApplication(tx, application.id);
}

/** Whether the application has room for one more authorized session (LP-INIT-3). */
export async function hasQuota(context: Context, tx: Db, application: Application): Promise<boolean> {
  const { sessionQuota } = settingsOf(application);
  if (sessionQuota === null) return true;
  return (await countAuthorized(tx, application.id, holding(context))) < sessionQuota;
}

/** Whether the license has a free seat; the client's own lost session gives way when all are taken (LP-LIC-6). */
async function hasSeat(context: Context, tx: Db, license: License, clientId: string): Promise<boolean> {
  if (license.seats === null) return true;
  if ((await countSeatsTaken(tx, license.id, holding(context))) < license.seats) return true;
  return endLostSession(tx, { licenseId: license.id, clientId, now: context.now });
}
