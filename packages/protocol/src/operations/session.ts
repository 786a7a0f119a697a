import * as v from "valibot";
import { operation } from "../operation.ts";
import { text } from "../text.ts";
import { accountShape } from "./account.ts";

const nothing = v.object({});

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

  /** Clears the authorization; the connection stays open and initialized. */
  logout: operation({
    type: 5,
    gate: "init",
    exclusive: true,
    input: nothing,
    output: nothing,
    refuses: ["notAuthorized"],
  }),

  /** Proves that the connection lives; a web page cannot send ping frames. */
  ping: operation({ type: 103, gate: "open", input: nothing, output: nothing, refuses: [] }),

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

  /** Tells whether a user token names a session that has not ended; changes nothing. */
  isValidUserToken: operation({
    gate: "init",
    input: v.object({ token: text }),
    output: v.object({ valid: v.boolean() }),
    refuses: [],
  }),
};
