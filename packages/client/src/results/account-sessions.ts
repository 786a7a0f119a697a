import { outputOf } from "@latchkey/protocol";
import type { Fields } from "./fields.ts";
import { flagIn, numberIn, objectsIn, textIn } from "./fields.ts";
import type { AnswerStatus } from "./result.ts";
import { Result } from "./result.ts";

/** One of an account's sessions, as the account may see it. Instants are Unix seconds. */
export interface AccountSession {
  /** What `endSessions` takes. */
  readonly sessionId: string;
  /** Empty for a session of the user service. */
  readonly clientId: string;
  readonly ipAddress: string;
  readonly createdAt: number;
  readonly lastSeenAt: number;
  /** The door it came through: `live` or `user-service`. */
  readonly transport: string;
  /** Whether it is the session that asks. */
  readonly current: boolean;
}

/** The sessions of the account that a session is authorized as. None unless `good()`. */
export class AccountSessions extends Result<"listSessions"> {
  readonly sessions: readonly AccountSession[];

  constructor(status: AnswerStatus<"listSessions">, output: Fields) {
    super(status);
    this.sessions = objectsIn(output, "sessions").map((item) => accountSession(outputOf(item)));
  }
}

function accountSession(fields: Fields): AccountSession {
  return {
    sessionId: textIn(fields, "sessionId"),
    clientId: textIn(fields, "clientId"),
    ipAddress: textIn(fields, "ipAddress"),
    createdAt: numberIn(fields, "createdAt"),
    lastSeenAt: numberIn(fields, "lastSeenAt"),
    transport: textIn(fields, "transport"),
    current: flagIn(fields, "current"),
  };
}
