import type { CloseCode, EventName } from "@latchkey/protocol";
import type { Authorization, LiveSession } from "#storage/live-session.ts";
import type { AccountId, ApplicationId, AuthorizationId, Change, LicenseId, SessionId } from "#storage/tables.ts";

/** The client's end of a live session. */
export interface ClientLink {
  /** The session that it carries; kept by the roster. */
  sessionId: SessionId | undefined;
  event(name: EventName, content: Readonly<Record<string, string>>): void;
  close(code: CloseCode): void;
}

/** A live session that this process serves. */
export interface RosterEntry extends LiveSession {
  readonly link: ClientLink;
}

/** A session as one connection has it: a resume gives it another secret, and this one can do nothing any more. */
export type SessionHold = Pick<LiveSession, "id" | "secretHash">;

type Whom = Pick<Change, "applicationId" | "licenseId" | "accountId" | "sessionId">;

/** The live sessions that this process serves, and what each is authorized to. The rows are the truth; this saves reading them. */
export class Roster {
  readonly #entries = new Map<SessionId, RosterEntry>();
  /** Sessions by what they belong to or are authorized by; a set is there only while it has members. */
  readonly #index = new Map<ApplicationId | LicenseId | AccountId, Set<SessionId>>();

  /** How many changes have been applied; a caller that sees it move must not trust what it read before. */
  changesApplied = 0;

  /** Told of every authorization, so that somebody can end it when it is over. */
  onAuthorized: (sessionId: SessionId, authorization: Authorization) => void = () => undefined;

  /** Told of every authorization that a session of this roster has no more. */
  onUnauthorized: (id: AuthorizationId) => void = () => undefined;

  /** Answers the connection that carried the session so far, if it is another one. */
  enter(entry: RosterEntry): ClientLink | undefined {
    const before = this.#entries.get(entry.id);
    this.#replace(before, entry);
    const { link, id, authorization } = entry;
    if (before && before.link !== link) before.link.sessionId = undefined;
    link.sessionId = id;
    if (authorization) this.onAuthorized(id, authorization);
    return before?.link === link ? undefined : before?.link;
  }

  /** Answers the session that the connection carried; none: it never had one, or another connection has it now. */
  leave(link: ClientLink): RosterEntry | undefined {
    const entry = link.sessionId && this.#entries.get(link.sessionId);
    link.sessionId = undefined;
    if (!entry) return undefined;
    this.#entries.delete(entry.id);
    this.#unindex(entry);
    return entry;
  }

  /** Called after the commit that authorized the session or ended its authorization. */
  update(hold: SessionHold, authorization: Authorization | undefined, formerLicenseId?: LicenseId): void {
    const entry = this.#entries.get(hold.id);
    // Resumed meanwhile: who resumed it has read the row.
    if (entry?.secretHash !== hold.secretHash) return;
    const { authorization: before, formerLicenseId: _, ...rest } = entry;
    this.#replace(entry, {
      ...rest,
      ...(authorization && { authorization }),
      ...(formerLicenseId && { formerLicenseId }),
    });
    if (before && before.id !== authorization?.id) this.onUnauthorized(before.id);
    if (authorization && authorization.expiresAt !== before?.expiresAt) {
      this.onAuthorized(hold.id, authorization);
    }
  }

  subscribe(hold: SessionHold, isSubscribed: boolean): void {
    const entry = this.#entries.get(hold.id);
    if (entry?.secretHash === hold.secretHash) this.#replace(entry, { ...entry, isSubscribed });
  }

  get(sessionId: SessionId): RosterEntry | undefined {
    return this.#entries.get(sessionId);
  }

  /** The session as it is at this moment; an authorization that has expired is none. */
  find(sessionId: SessionId, now: number): RosterEntry | undefined {
    const entry = this.#entries.get(sessionId);
    const expiresAt = entry?.authorization?.expiresAt;
    if (!entry || expiresAt === undefined || expiresAt > now) return entry;
    const { authorization: _, ...rest } = entry;
    return rest;
  }

  /** The user-service sessions that connections are attached to. */
  attachedTo(): SessionId[] {
    return [...this.#entries.values()].flatMap(({ authorization }) => authorization?.attachedTo ?? []);
  }

  /** How many sessions each application has here, and how many of them are authorized. */
  countByApplication(now: number): Map<ApplicationId, { connected: number; authorized: number }> {
    const counts = new Map<ApplicationId, { connected: number; authorized: number }>();
    for (const { applicationId, authorization } of this.#entries.values()) {
      const count = counts.get(applicationId) ?? { connected: 0, authorized: 0 };
      count.connected++;
      if (authorization && (authorization.expiresAt ?? Infinity) > now) count.authorized++;
      counts.set(applicationId, count);
    }
    return counts;
  }

  /** The sessions that a change concerns. */
  concernedBy({ sessionId, licenseId, accountId, applicationId }: Whom): RosterEntry[] {
    if (sessionId !== null) return [this.#entries.get(sessionId)].filter((entry) => entry !== undefined);
    const keys = [licenseId, accountId].filter((key) => key !== null);
    const members = new Set(
      (keys.length > 0 ? keys : [applicationId]).flatMap((key) => [...(this.#index.get(key) ?? [])]),
    );
    return [...members].flatMap((member) => this.#entries.get(member) ?? []);
  }

  #replace(before: RosterEntry | undefined, entry: RosterEntry): void {
    if (before) this.#unindex(before);
    this.#entries.set(entry.id, entry);
    for (const key of keysOf(entry)) {
      const members = this.#index.get(key);
      if (members) members.add(entry.id);
      else this.#index.set(key, new Set([entry.id]));
    }
  }

  #unindex(entry: RosterEntry): void {
    for (const key of keysOf(entry)) {
      const members = this.#index.get(key);
      members?.delete(entry.id);
      if (members?.size === 0) this.#index.delete(key);
    }
  }
}

function keysOf({ applicationId, authorization, formerLicenseId }: LiveSession) {
  const keys = [applicationId, authorization?.licenseId, authorization?.accountId, formerLicenseId];
  return keys.filter((key) => key !== undefined);
}
