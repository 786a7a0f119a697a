import * as v from "valibot";
import { operation } from "../operation.ts";
import { pageBy, paged, search } from "../page.ts";
import { count, text } from "../text.ts";
import { accountAuthorization, accountShape } from "./account.ts";

const nothing = v.object({});

/** A session as the operator sees it. Instants in ms. */
export const sessionShape = v.object({
  id: text,
  door: v.picklist(["live", "user-service"]),
  clientId: v.exactOptional(text),
  address: text,
  connected: v.boolean(),
  accountId: v.exactOptional(text),
  /** Its login, or its e-mail address. */
  accountName: v.exactOptional(text),
  licenseId: v.exactOptional(text),
  licenseKey: v.exactOptional(text),
  createdAt: count,
  lastSeenAt: count,
  expiresAt: v.exactOptional(count),
});

/** A session as its own account sees it. Instants in unix seconds. */
const ownSessionShape = v.object({
  sessionId: text,
  clientId: v.exactOptional(text),
  ipAddress: text,
  createdAt: count,
  lastSeenAt: count,
  transport: v.picklist(["live", "user-service"]),
  current: v.boolean(),
});

/** What sessions are looked for; what is absent is anything. */
export const sessionFilter = {
  /** In the client id or the address; or a whole id, which finds that session alone. */
  search,
  door: v.exactOptional(v.picklist(["live", "user-service"])),
  connected: v.exactOptional(v.boolean()),
  authorized: v.exactOptional(v.boolean()),
  /** Authorized by it. */
  accountId: v.exactOptional(text),
  licenseId: v.exactOptional(text),
  clientId: v.exactOptional(text),
  address: v.exactOptional(text),
};

export const session = {
  /** Names the application and the client; every other packet but `ping` needs it. */
  initialize: operation({
    type: 0,
    gate: "open",
    exclusive: true,
    input: v.object({
      websocketApiKey: text,
      clientId: text,
      protocolVersion: v.exactOptional(v.pipe(v.number(), v.integer())),
    }),
    output: v.object({ appName: text, appVersion: text, resumeId: text }),
    refuses: [
      "alreadyInitialized",
      "applicationKeyMalformed",
      "clientIdTooShort",
      "clientIdTooLong",
      "applicationNotFound",
      "applicationPaused",
      "clientIdBlacklisted",
      "sessionQuotaReached",
    ],
  }),

  /** Takes over a session whose connection was lost, with all that it had; for clients that cannot set headers. */
  resume: operation({
    type: 100,
    gate: "open",
    exclusive: true,
    input: v.object({ resumeId: text }),
    output: v.object({ resumeId: text, authorized: v.picklist(["none", "license", "account"]) }),
    refuses: ["resumeIdUnknown", "resumeFailed"],
  }),

  /** Clears the authorization; the connection stays open and initialized. */
  logout: operation({
    type: 5,
    gate: "init",
    exclusive: true,
    once: true,
    input: nothing,
    output: nothing,
    refuses: ["notAuthorized"],
  }),

  /** Proves that the connection lives; a web page cannot send ping frames. */
  ping: operation({ type: 103, gate: "open", input: nothing, output: nothing, refuses: [] }),

  /** Whether the session is sent server events; it outlives a logout and a resume (LP-OUT-5, LP-EVT-4). */
  setPanelEventsSubscription: operation({
    type: 17,
    gate: "session",
    once: true,
    input: v.object({ subscribed: v.boolean() }),
    output: nothing,
    refuses: [],
  }),

  /** How many live sessions of the application are authorized now. */
  getOnlineUsersCount: operation({
    type: 10,
    gate: "init",
    input: nothing,
    output: v.object({ onlineUsersCount: count }),
    refuses: [],
  }),

  /** The sessions of the caller's account, at both doors. Instants in unix seconds. */
  listSessions: operation({
    type: 101,
    gate: "account",
    input: nothing,
    output: v.object({ sessions: v.array(ownSessionShape) }),
    refuses: ["notAuthorized"],
  }),

  /** Ends one session of the caller's account, or all others; which of the two must be said. */
  endSessions: operation({
    type: 102,
    gate: "account",
    once: true,
    input: v.pipe(
      v.object({ sessionId: v.exactOptional(text), others: v.exactOptional(v.boolean()) }),
      v.check(({ sessionId, others = false }) => (sessionId === undefined) === others, "must name either"),
    ),
    output: v.object({ ended: count }),
    refuses: ["notAuthorized", "sessionNotFound"],
  }),

  /** Gives the connection the account of a user-service session: one record, which a logout at either door ends. */
  attach: operation({
    type: 104,
    gate: "session",
    exclusive: true,
    once: true,
    input: v.object({ userToken: text }),
    output: v.object(accountAuthorization),
    refuses: ["notAuthorized", "alreadyAuthorized"],
  }),

  /** The sessions of an application, for its operator. */
  findSessions: operation({
    route: "GET /manage/v1/applications/{applicationId}/sessions",
    gate: "sessions:read",
    input: v.object({ applicationId: text, ...sessionFilter, ...pageBy(["created", "lastSeen"]) }),
    output: v.object({ sessions: v.array(sessionShape), ...paged }),
    refuses: ["applicationNotFound", "cursorInvalid"],
  }),

  /** Ends a session for good, as its operator: its client is told and disconnected. */
  endSession: operation({
    route: "DELETE /manage/v1/applications/{applicationId}/sessions/{sessionId}",
    gate: "sessions:disconnect",
    input: v.object({ sessionId: text, applicationId: v.exactOptional(text) }),
    output: nothing,
    refuses: ["sessionNotFound"],
  }),

  /** Opens a user-service session, by identity and password or, for server code, by account id. */
  login: operation({
    gate: "init",
    input: v.object({
      login: v.exactOptional(v.unknown()),
      password: v.exactOptional(v.unknown()),
      objectId: v.exactOptional(v.unknown()),
    }),
    output: v.object({ account: accountShape, token: text, retryAfter: v.exactOptional(v.number()) }),
    refuses: [
      "loginsDisabled",
      "credentialsEmpty",
      "loginNotText",
      "passwordNotText",
      "serverKeyRequired",
      "tooManyRequests",
      "accountLocked",
      "credentialsWrong",
      "accountNotFound",
      "accountDisabled",
      "emailUnconfirmed",
      "loggedInElsewhere",
      "concurrentLoginLimit",
    ],
  }),

  /** Makes an account without an identity, and opens a session of it. */
  loginAsGuest: operation({
    gate: "init",
    input: nothing,
    output: v.object({ account: accountShape, token: text, retryAfter: v.exactOptional(v.number()) }),
    refuses: [
      "tooManyRequests",
      "loginsDisabled",
      "accountQuotaReached",
      // Of every login; a guest that was just made has no other session.
      "loggedInElsewhere",
      "concurrentLoginLimit",
    ],
  }),

  /** Tells whether a user token names a session that has not ended; changes nothing. */
  isValidUserToken: operation({
    gate: "init",
    input: v.object({ token: text }),
    output: v.object({ valid: v.boolean() }),
    refuses: [],
  }),
};
