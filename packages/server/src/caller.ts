import type { Gate, GateOf, KeyKind, OperationName, RequestId } from "@latchkey/protocol";
import type { ClientLink } from "#cluster/roster.ts";
import type { Authorization } from "#storage/live-session.ts";
import type { ApplicationId, SessionId } from "#storage/tables.ts";

/** Who is asking, by what they have shown so far. A door fills in what it knows; the gate judges whether it is enough. */
export interface Caller {
  readonly door: "live" | "user-service" | "console";
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
}

/** The caller of an operation, computed from its gate: no code can reach an account id without one. */
export type CallerOf<N extends OperationName> = GateOf<N> extends keyof CallerAt ? CallerAt[GateOf<N>] : Caller;

/** Whether a caller has shown what a gate asks for. Scopes are the console's, whoever may open that may use them all. */
export function meets(gate: Gate, { door, applicationId, keyKind, session, authorization }: Caller): boolean {
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
    default:
      return door === "console";
  }
}
