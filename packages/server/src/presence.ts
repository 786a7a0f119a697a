import type { KeyKind, TokenMode } from "@latchkey/protocol";
import type { Caller, Opening } from "./caller.ts";
import type { Context, Resources } from "./context.ts";
import { sha256 } from "#crypto/tokens.ts";
import { findApplicationByApiKey, findApplicationByHost } from "#storage/applications.ts";
import { deleteSession, loseSession } from "#storage/sessions.ts";
import type { ApplicationId } from "#storage/tables.ts";
import { clearDisabledMark } from "#storage/user-sessions.ts";
import { findLiveUserSession } from "#steps/find-live-user-session.ts";

export interface IdentifiedApplication {
  readonly applicationId: ApplicationId;
  readonly keyKind: KeyKind;
  readonly apiKey: string;
}

/** The application that owns a key; `undefined` also while it is paused (US-ADDR-1). */
export async function applicationOfKey(
  { db }: Resources,
  id: string,
  apiKey: string,
): Promise<IdentifiedApplication | undefined> {
  const found = await findApplicationByApiKey(db, { id, keyHash: sha256(apiKey) });
  if (!found || found.pausedAt !== null) return undefined;
  return { applicationId: found.id, keyKind: found.kind, apiKey };
}

/** The application that a host name is bound to, with the client key chosen for it (US-ADDR-2, 3). */
export async function applicationOfHost({ db }: Resources, host: string): Promise<IdentifiedApplication | undefined> {
  const found = await findApplicationByHost(db, host);
  // Only client keys are kept in clear: a host can never carry the rights of a BL key.
  if (!found || found.pausedAt !== null || found.key === null) return undefined;
  return { applicationId: found.id, keyKind: found.kind, apiKey: found.key };
}

type KeyedCaller = Caller & { readonly applicationId: ApplicationId };

/** The caller with the user that a token names, or how the token is refused. */
export async function withUser(
  resources: Resources,
  caller: KeyedCaller,
  token: string,
  mode: TokenMode,
): Promise<{ readonly caller: Caller } | { readonly refused: "tokenUnknown" | "accountDisabled" }> {
  const context: Context = { ...resources, now: resources.clock.now() };
  const holder = await findLiveUserSession(context, caller.applicationId, token);
  if (holder.state === "disabled") {
    if (mode !== "logout") return { refused: "accountDisabled" };
    if (!(await clearDisabledMark(context.db, holder.sessionId))) return { refused: "tokenUnknown" };
    // Server code that disables an account and then logs it out must succeed (US-LOGOUT-9).
    return caller.keyKind === "BL" ? { caller } : { refused: "accountDisabled" };
  }
  if (holder.state === "unknown") return { refused: "tokenUnknown" };
  const { sessionId, authorizationId, accountId, lastSeenAt, timeoutMs } = holder;
  if (mode === "optional") await context.activity.touch(sessionId, lastSeenAt, context.now, timeoutMs);
  return { caller: { ...caller, session: { id: sessionId }, authorization: { id: authorizationId, accountId } } };
}

/** Leaves the roster, and ends the session of a connection that is gone or opens its resume window (LP-RES-7). */
export async function endConnection(
  { db, roster, node, clock, config }: Resources,
  { sessionId }: Opening,
  fate: "ended" | "lost",
): Promise<void> {
  if (!roster.find(sessionId, clock.now())) return;
  roster.leave(sessionId);
  if (fate === "ended") await deleteSession(db, sessionId);
  else await loseSession(db, sessionId, node.id, clock.now() + config.resumeWindow);
}
