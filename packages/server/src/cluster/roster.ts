import type { AccountId, ApplicationId, AuthorizationId, LicenseId, SessionId } from "#storage/tables.ts";

/** What a session may do, as far as a door has to know to judge its next request. */
export interface Authorization {
  readonly id: AuthorizationId;
  readonly accountId?: AccountId;
  /** The license that authorized it, or that its account's authorization holds. */
  readonly licenseId?: LicenseId;
  /** Milliseconds; absent: does not expire. */
  readonly expiresAt?: number;
}

/** A live session that this process serves. */
export interface RosterEntry {
  readonly applicationId: ApplicationId;
  readonly clientId: string;
  readonly authorization?: Authorization;
}

/** The live sessions that this process serves, and what each is authorized to. The rows are the truth; this saves reading them. */
export class Roster {
  readonly #entries = new Map<SessionId, RosterEntry>();

  enter(session: SessionId, entry: RosterEntry): void {
    this.#entries.set(session, entry);
  }

  leave(session: SessionId): void {
    this.#entries.delete(session);
  }

  /** Called after the commit that authorized the session or ended its authorization; others are not on this roster. */
  update(session: SessionId, authorization: Authorization | undefined): void {
    const entry = this.#entries.get(session);
    if (!entry) return;
    const { applicationId, clientId } = entry;
    this.#entries.set(session, { applicationId, clientId, ...(authorization && { authorization }) });
  }

  /** The session as it is at this moment; an authorization that has expired is none. */
  find(session: SessionId, now: number): RosterEntry | undefined {
    const entry = this.#entries.get(session);
    const expiresAt = entry?.authorization?.expiresAt;
    if (entry && expiresAt !== undefined && expiresAt <= now) this.update(session, undefined);
    return this.#entries.get(session);
  }
}
