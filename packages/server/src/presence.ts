import { type KeyKind, settingsOf, type TokenMode } from "@latchkey/protocol";
import type { ClientLink } from "#cluster/roster.ts";
import type { Caller } from "./caller.ts";
import { type Resources, systemContext } from "./context.ts";
import type { KeyedApplication } from "#storage/applications.ts";
import { deleteSession, loseSession, useUpResumeId } from "#storage/sessions.ts";
import type { ApplicationId } from "#storage/tables.ts";
import { clearDisabledMark, touchSession } from "#storage/user-sessions.ts";
import { findLiveUserSession } from "#steps/find-live-user-session.ts";

export { addressKey } from "#domain/address.ts";
export { networkList } from "#domain/network-list.ts";

export interface IdentifiedApplication {
  readonly applicationId: ApplicationId;
  readonly keyKind: KeyKind;
  readonly apiKey: string;
  /** Origins of web pages that may read its answers; none: all may. */
  readonly allowedOrigins: readonly string[];
}

/** The application that owns a key; `undefined` also while it is paused (US-ADDR-1). */
export async function applicationOfKey(
  { applications }: Resources,
  id: string,
  apiKey: string,
): Promise<IdentifiedApplication | undefined> {
  const found = await applications.ofKey(id, apiKey);
  if (!found || found.pausedAt !== null) return undefined;
  return identified(found, apiKey);
}

/** The application that a host name is bound to, with the client key chosen for it (US-ADDR-2, 3). */
export async function applicationOfHost(
  { applications }: Resources,
  host: string,
): Promise<IdentifiedApplication | undefined> {
  const found = await applications.ofHost(host);
  // Only client keys are kept in clear: a host can never carry the rights of a BL key.
  if (!found || found.pausedAt !== null || found.key === null) return undefined;
  return identified(found, found.key);
}

function identified(found: KeyedApplication, apiKey: string): IdentifiedApplication {
  const { allowedOrigins } = settingsOf(found);
  return { applicationId: found.id, keyKind: found.kind, apiKey, allowedOrigins };
}

type KeyedCaller = Caller & { readonly applicationId: ApplicationId };

/** The caller with the user that a token names, or how the token is refused. */
export async function withUser(
  resources: Resources,
  caller: KeyedCaller,
  token: string,
  mode: TokenMode,
): Promise<{ readonly caller: Caller } | { readonly refused: "tokenUnknown" | "accountDisabled" }> {
  const context = systemContext(resources, "userToken");
  const holder = await findLiveUserSession(context, caller.applicationId, token);
  if (mode === "ifLive" && holder.state !== "live") return { caller };
  if (holder.state === "disabled") {
    if (mode !== "logout") return { refused: "accountDisabled" };
    if (!(await clearDisabledMark(context.db, holder.sessionId))) return { refused: "tokenUnknown" };
    // Server code that disables an account and then logs it out must succeed (US-LOGOUT-9).
    return caller.keyKind === "BL" ? { caller } : { refused: "accountDisabled" };
  }
  if (holder.state === "unknown") return { refused: "tokenUnknown" };
  const { sessionId, secretHash, authorizationId, accountId, lastSeenAt, timeoutMs } = holder;
  if (mode === "optional") await context.activity.touch(sessionId, lastSeenAt, context.now, timeoutMs);
  return {
    caller: { ...caller, session: { id: sessionId, secretHash }, authorization: { id: authorizationId, accountId } },
  };
}

/** Leaves the roster, and ends the session of a connection that is gone or opens its resume window (LP-RES-7). */
export async function endConnection(
  { db, roster, clock, config, traffic }: Resources,
  link: ClientLink,
  fate: "ended" | "lost",
): Promise<void> {
  const session = roster.leave(link);
  if (!session) return;
  const { authorization } = session;
  // The connection was a use of the token; from here on its timer runs.
  const now = clock.now();
  if (authorization?.attachedTo) await touchSession(db, { id: authorization.attachedTo, lastSeenAt: now });
  if (fate === "ended") {
    await deleteSession(db, session);
    return;
  }
  const recentActions = traffic.recentActions(session.id, now).join() || null;
  await loseSession(db, { ...session, leaseUntil: now + config.resumeWindow, recentActions });
}

/** The client has its new resume id: the one before is used up (LP-RES-4). */
export async function confirmResume({ db, roster }: Resources, link: ClientLink): Promise<void> {
  const session = link.sessionId && roster.get(link.sessionId);
  if (session?.link === link) await useUpResumeId(db, session);
}
