import type { Gate, GateOf, KeyKind, OperationName, RequestId, Scope } from "@latchkey/protocol";
import type { ClientLink } from "#cluster/roster.ts";
import type { Actor } from "#domain/actor.ts";
import type { Authorization } from "#storage/live-session.ts";
import type { ApplicationId, SessionId } from "#storage/tables.ts";

/** Who is asking, by what they have shown so far. A door fills in what it knows; the gate judges whether it is enough. */
export interface Caller {
  readonly door: "live" | "user-service" | "management" | "console";
  /** The client's address, as text. */
  readonly address: string;
  /** Of a live connection that carries no session yet. */
  readonly opening?: Opening;
  /** Of a live connection: what its session is resumed by. */
  readonly resumeId?: string;
  /** The packet that asks, on the live door. */
  readonly request?: LiveRequest;
  readonly applicationId?: ApplicationId;
  /** The page that a browser says it asks from. */
  readonly origin?: string;
  /** The kind of API key of a user-service call. */
  readonly keyKind?: KeyKind;
  readonly session?: CallerSession;
  readonly authorization?: Authorization;
  /** Of a call at the management door. */
  readonly operator?: Operator;
  /** The tag of the record that a change depends on. */
  readonly expects?: string;
  /** What a browser says it is, at the management door. */
  readonly userAgent?: string;
  /** What a program calls its request, to have it done once. */
  readonly idempotencyKey?: string;
  /** Why, in the operator's words; for the audit log. */
  readonly reason?: string;
}

/** Who asks at the management door: a person of the vendor, or a key. */
export interface Operator {
  readonly kind: "operator" | "key";
  readonly id: string;
  readonly name: string;
  readonly scopes: ReadonlySet<Scope>;
  /** What it is limited to. */
  readonly applicationIds: ReadonlySet<string> | "all";
  /** Of a person: the session that the call belongs to. */
  readonly sessionId?: string;
}

interface Opening {
  /** What its session will be resumed by. */
  readonly resumeId: string;
  readonly link: ClientLink;
}

export interface LiveRequest {
  readonly id: RequestId;
  readonly type: number;
  /** The session may have sent it before: it was resumed, or its ids do not only grow. */
  readonly mayRepeat: boolean;
}

export interface CallerSession {
  readonly id: SessionId;
  /** Of the token, or of the connection's resume id: a connection that was taken over from has none that is good. */
  readonly secretHash: string;
  /** What the vendor calls the device; a user-service session has none. */
  readonly clientId?: string;
}

type With<K extends keyof Caller> = Caller & Required<Pick<Caller, K>>;
type Authorized = With<"applicationId" | "session" | "authorization">;

/** What each gate guarantees to the operation behind it. */
interface CallerAt {
  open: Caller;
  init: With<"applicationId">;
  server: With<"applicationId">;
  session: With<"applicationId"> & { readonly session: Required<CallerSession> };
  auth: Authorized;
  license: Authorized & { readonly authorization: Required<Pick<Authorization, "licenseId">> };
  account: Authorized & { readonly authorization: Required<Pick<Authorization, "accountId">> };
  operator: Caller & { readonly operator: Operator & { readonly sessionId: string } };
}

/** The caller of an operation, computed from its gate: no code can reach an account id without one. */
export type CallerOf<N extends OperationName> = GateOf<N> extends keyof CallerAt ? CallerAt[GateOf<N>] : Caller;

/** Whether a caller has shown what a gate asks for. Whoever may open the console has every scope. */
export function meets(gate: Gate, { door, applicationId, keyKind, session, authorization, operator }: Caller): boolean {
  switch (gate) {
    case "open":
      return true;
    case "init":
      return applicationId !== undefined;
    case "server":
      return applicationId !== undefined && keyKind === "BL";
    case "session":
      return session?.clientId !== undefined;
    case "auth":
      return authorization !== undefined;
    case "license":
      return authorization?.licenseId !== undefined && authorization.accountId === undefined;
    case "account":
      return authorization?.accountId !== undefined;
    case "operator":
      return operator?.sessionId !== undefined;
    default:
      return door === "console" || operator?.scopes.has(gate) === true;
  }
}

export function actorOf({ door, address, operator, reason, keyKind, session, authorization }: Caller): Actor {
  if (door === "console") return { kind: "console" };
  const whence = { address, ...(reason !== undefined && { reason }) };
  if (operator) return { kind: operator.kind, id: operator.id, name: operator.name, ...whence };
  const id = authorization?.accountId ?? authorization?.licenseId;
  const name = session?.clientId;
  return {
    kind: keyKind === "BL" ? "server" : "client",
    ...(id !== undefined && { id }),
    ...(name !== undefined && { name }),
    ...whence,
  };
}

/** Whether a caller may deal with an application; who may not is not told whether there is such a one. */
export function sees({ operator }: Caller, applicationId: string | undefined): boolean {
  if (!operator || operator.applicationIds === "all") return true;
  return applicationId !== undefined && operator.applicationIds.has(applicationId);
}

/** What somebody would be allowed. */
export interface Grant {
  readonly scopes: readonly Scope[];
  readonly applicationIds: readonly string[] | "all";
}

/** Nobody gives more than they have (MG-KEY-2, MG-OP-2). Whoever may open the console has everything. */
export function mayGive(caller: Caller, { scopes, applicationIds }: Grant): boolean {
  if (!scopes.every((scope) => meets(scope, caller))) return false;
  if (applicationIds === "all") return sees(caller, undefined);
  return applicationIds.every((id) => sees(caller, id));
}
