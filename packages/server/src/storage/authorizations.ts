import { first, statement } from "./statement.ts";
import type { AccountId, AuthorizationId, Db, LicenseId, Session, SessionId } from "./tables.ts";

/** What a session is to be authorized to. */
export interface NewAuthorization {
  readonly sessionId: SessionId;
  readonly secretHash: string;
  readonly authorizationId: AuthorizationId;
  readonly accountId: AccountId | null;
  readonly licenseId: LicenseId | null;
  readonly expiresAt: number | null;
  readonly attachedTo: SessionId | null;
  readonly now: number;
}

/** Authorizes a live session that is not. `undefined`: it is authorized already, has ended, or was resumed elsewhere. */
export const authorizeSession = first(
  statement<NewAuthorization, { id: SessionId }>((db, given) =>
    db
      .updateTable("session")
      .set({
        authorizationId: given("authorizationId"),
        accountId: given("accountId"),
        licenseId: given("licenseId"),
        expiresAt: given("expiresAt"),
        attachedTo: given("attachedTo"),
        lastSeenAt: given("now"),
      })
      .where("id", "=", given("sessionId"))
      .where("secretHash", "=", given("secretHash"))
      .where((e) => e.or([e("authorizationId", "is", null), e("expiresAt", "<=", given("now"))]))
      .returning("id"),
  ),
);

/** One authorization of one connection: a later authorization, and whoever resumed the session, are out of reach. */
export interface NamedAuthorization {
  readonly sessionId: SessionId;
  readonly secretHash: string;
  readonly authorizationId: AuthorizationId;
}

const ended = { authorizationId: null, accountId: null, licenseId: null, expiresAt: null, attachedTo: null } as const;
/** Over, not given back: what it was is kept for the one who had it, with when it expired. */
const expired = { authorizationId: null, attachedTo: null } as const;
/** Taken away. */
const revoked = { ...expired, expiresAt: null } as const;

/** Ends an authorization for the one who has it. `undefined`: there was nothing to end. */
export const endAuthorization = first(
  statement<NamedAuthorization, { id: SessionId }>((db, given) =>
    db
      .updateTable("session")
      .set(ended)
      .where("id", "=", given("sessionId"))
      .where("secretHash", "=", given("secretHash"))
      .where("authorizationId", "=", given("authorizationId"))
      .returning("id"),
  ),
);

/** The same of a session that nothing was ever attached to. No row: it has ended, or something was. */
export const endUnsharedAuthorization = first(
  statement<NamedAuthorization, { id: SessionId }>((db, given) =>
    db
      .updateTable("session")
      .set(ended)
      .where("id", "=", given("sessionId"))
      .where("secretHash", "=", given("secretHash"))
      .where("authorizationId", "=", given("authorizationId"))
      .where("sharedAt", "is", null)
      .returning("id"),
  ),
);

/** No row: the authorization has ended. */
export const findAuthorization = first(
  statement<Omit<NamedAuthorization, "secretHash">, { id: SessionId }>((db, given) =>
    db
      .selectFrom("session")
      .select("id")
      .where("id", "=", given("sessionId"))
      .where("authorizationId", "=", given("authorizationId")),
  ),
);

/** Uses an authorization, which cannot end before the transaction does. `undefined`: it has ended already. */
export const useAuthorization = first(
  statement<NamedAuthorization & { readonly now: number }, { id: SessionId }>((db, given) =>
    db
      .updateTable("session")
      .set({ lastSeenAt: given("now") })
      .where("id", "=", given("sessionId"))
      .where("secretHash", "=", given("secretHash"))
      .where("authorizationId", "=", given("authorizationId"))
      .returning("id"),
  ),
);

/** The same for who attaches a live session to it. `undefined`: it has ended already. */
export const shareAuthorization = first(
  statement<NamedAuthorization & { readonly now: number }, { id: SessionId }>((db, given) =>
    db
      .updateTable("session")
      .set({ lastSeenAt: given("now"), sharedAt: given("now") })
      .where("id", "=", given("sessionId"))
      .where("secretHash", "=", given("secretHash"))
      .where("authorizationId", "=", given("authorizationId"))
      .returning("id"),
  ),
);

/**
 * Ends the authorizations of the live sessions that are attached to a user-service session. Comes after whatever is done
 * to the row of that session itself, or two transactions could wait for each other.
 */
export const endAttached = statement<{ userSessionId: SessionId }, Pick<Session, "id" | "applicationId">>((db, given) =>
  db
    .updateTable("session")
    .set(ended)
    .where("attachedTo", "=", given("userSessionId"))
    .returning(["id", "applicationId"]),
);

/** Takes an authorization away. */
export async function revokeAuthorization(
  tx: Db,
  { id, authorizationId }: Pick<Session, "id" | "authorizationId">,
): Promise<void> {
  await tx
    .updateTable("session")
    .set(revoked)
    .where("id", "=", id)
    .where("authorizationId", "=", authorizationId)
    .execute();
}

/** Ends an authorization that is over. `undefined`: it has been extended, ended or replaced. */
export const endExpired = first(
  statement<{ sessionId: SessionId; authorizationId: AuthorizationId; now: number }, { id: SessionId }>((db, given) =>
    db
      .updateTable("session")
      .set(expired)
      .where("id", "=", given("sessionId"))
      .where("authorizationId", "=", given("authorizationId"))
      .where("expiresAt", "<=", given("now"))
      .returning("id"),
  ),
);

/** Ends the authorizations that a license gave by itself, without an account. */
export async function revokeByLicense(tx: Db, licenseId: LicenseId): Promise<void> {
  await tx
    .updateTable("session")
    .set(revoked)
    .where("licenseId", "=", licenseId)
    .where("accountId", "is", null)
    .where("authorizationId", "is not", null)
    .execute();
}

/** Ends the authorizations of an account on the live door, but those attached to a session that is kept. */
export async function revokeOfAccount(tx: Db, accountId: AccountId, kept?: SessionId): Promise<void> {
  await tx
    .updateTable("session")
    .set(revoked)
    .where("accountId", "=", accountId)
    .where("authorizationId", "is not", null)
    .where("door", "=", "live")
    .$if(kept !== undefined, (query) =>
      query.where((e) => e.or([e("attachedTo", "is", null), e("attachedTo", "!=", kept ?? ("" as SessionId))])),
    )
    .execute();
}

/** Ends the authorizations of sessions at both doors; answers those that had one. User tokens come first: see `endAttached`. */
export async function endAuthorizations(
  tx: Db,
  sessions: readonly Pick<Session, "id" | "door">[],
): Promise<Pick<Session, "id" | "door">[]> {
  const endedOf = async (door: Session["door"]) => {
    const ids = sessions.filter((session) => session.door === door).map(({ id }) => id);
    if (ids.length === 0) return [];
    const query = tx.updateTable("session").set(ended).where("id", "in", ids);
    return query.where("authorizationId", "is not", null).returning(["id", "door"]).execute();
  };
  return [...(await endedOf("user-service")), ...(await endedOf("live"))];
}

/** The account sessions that hold a license for their authorization. */
export function sessionsHolding(tx: Db, licenseId: LicenseId): Promise<Session[]> {
  return tx
    .selectFrom("session")
    .selectAll()
    .where("licenseId", "=", licenseId)
    .where("accountId", "is not", null)
    .where("authorizationId", "is not", null)
    .execute();
}

/** Lets one authorization hold another license. */
export async function holdInstead(
  tx: Db,
  {
    id,
    authorizationId,
    licenseId,
  }: { readonly id: SessionId; readonly authorizationId: AuthorizationId; readonly licenseId: LicenseId },
): Promise<void> {
  await tx
    .updateTable("session")
    .set({ licenseId })
    .where("id", "=", id)
    .where("authorizationId", "=", authorizationId)
    .execute();
}

/** Another end of authorizations; what is over already stays over. */
interface MovedExpiry {
  readonly expiresAt: number | null;
  readonly now: number;
}

/** Moves the end of the authorizations that a license gave by itself. */
export async function moveExpiryByLicense(
  tx: Db,
  { licenseId, expiresAt, now }: MovedExpiry & { readonly licenseId: LicenseId },
): Promise<void> {
  await tx
    .updateTable("session")
    .set({ expiresAt })
    .where("licenseId", "=", licenseId)
    .where("accountId", "is", null)
    .where("authorizationId", "is not", null)
    .where((e) => e.or([e("expiresAt", "is", null), e("expiresAt", ">", now)]))
    .execute();
}

/** Moves the end of an account's authorizations, where they have one: where a license is required. */
export async function moveExpiryOfAccount(
  tx: Db,
  { accountId, expiresAt, now }: MovedExpiry & { readonly accountId: AccountId },
): Promise<void> {
  await tx
    .updateTable("session")
    .set({ expiresAt })
    .where("accountId", "=", accountId)
    .where("licenseId", "is not", null)
    .where("authorizationId", "is not", null)
    .where((e) => e.or([e("expiresAt", "is", null), e("expiresAt", ">", now)]))
    .execute();
}
