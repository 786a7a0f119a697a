import type { AccountId, ApplicationId, AuthorizationId, LicenseId, SessionId } from "./tables.ts";

/** What a session may do, as far as a door has to know to judge its next request. */
export interface Authorization {
  readonly id: AuthorizationId;
  readonly accountId?: AccountId;
  /** The license that authorized it, or that its account's authorization holds. */
  readonly licenseId?: LicenseId;
  /** Milliseconds; absent: does not expire. */
  readonly expiresAt?: number;
  /** The user-service session that it shares: when one ends, so does the other. */
  readonly attachedTo?: SessionId;
}

/** A live session as its row says. */
export interface LiveSession {
  readonly id: SessionId;
  readonly secretHash: string;
  readonly applicationId: ApplicationId;
  readonly clientId: string;
  readonly isSubscribed: boolean;
  readonly authorization?: Authorization;
  /** The license of an authorization that was taken away; what happens to it next still concerns this session. */
  readonly formerLicenseId?: LicenseId;
}
