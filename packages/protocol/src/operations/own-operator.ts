import * as v from "valibot";
import { scopes } from "../management/scopes.ts";
import { operation } from "../operation.ts";
import { count, text } from "../text.ts";
import { operatorShape } from "./operator.ts";

const retryAfter = v.exactOptional(count);

/** What a signed-in operator does with what is its own. */
export const ownOperator = {
  showOwnOperator: operation({
    route: "GET /manage/v1/me",
    gate: "operator",
    input: v.object({}),
    output: v.object({
      operator: operatorShape,
      scopes: v.array(v.picklist(scopes)),
      sessionId: text,
      /** How many are left. */
      recoveryCodes: count,
    }),
    refuses: ["signedOut"],
  }),

  /** Ends all other sessions of the operator. */
  changeOwnPassword: operation({
    route: "PUT /manage/v1/me/password",
    gate: "operator",
    input: v.object({ password: text, newPassword: text }),
    output: v.object({ retryAfter }),
    refuses: ["signedOut", "credentialsWrong", "passwordRefused", "tooManyRequests"],
  }),

  /** Makes a secret for an authenticator. Nothing asks for its codes before one of them has come back. */
  beginSecondFactor: operation({
    route: "POST /manage/v1/me/second-factor",
    gate: "operator",
    input: v.object({ password: text }),
    /** `uri` is what a QR code holds; `secret` is for who types it. */
    output: v.object({ secret: text, uri: text, retryAfter }),
    refuses: ["signedOut", "credentialsWrong", "secondFactorOn", "tooManyRequests"],
  }),
  /** Every sign-in asks for a code from here on. The recovery codes are shown in this answer alone. */
  confirmSecondFactor: operation({
    route: "POST /manage/v1/me/second-factor/confirm",
    gate: "operator",
    input: v.object({ code: text }),
    output: v.object({ recoveryCodes: v.array(text), retryAfter }),
    refuses: ["signedOut", "secondFactorNotBegun", "secondFactorWrong", "tooManyRequests"],
  }),
  removeSecondFactor: operation({
    route: "POST /manage/v1/me/second-factor/remove",
    gate: "operator",
    input: v.object({ password: text, code: text }),
    output: v.object({ retryAfter }),
    refuses: ["signedOut", "credentialsWrong", "secondFactorWrong", "secondFactorOff", "tooManyRequests"],
  }),

  listOwnSessions: operation({
    route: "GET /manage/v1/me/sessions",
    gate: "operator",
    input: v.object({}),
    output: v.object({
      sessions: v.array(
        v.object({
          id: text,
          address: text,
          userAgent: text,
          createdAt: count,
          lastSeenAt: count,
          expiresAt: count,
          isCurrent: v.boolean(),
        }),
      ),
    }),
    refuses: [],
  }),
  endOwnSession: operation({
    route: "DELETE /manage/v1/me/sessions/{sessionId}",
    gate: "operator",
    input: v.object({ sessionId: text }),
    output: v.object({}),
    refuses: ["sessionNotFound"],
  }),
  endOwnOtherSessions: operation({
    route: "POST /manage/v1/me/sessions/end-others",
    gate: "operator",
    input: v.object({}),
    output: v.object({ ended: count }),
    refuses: ["signedOut"],
  }),
};
