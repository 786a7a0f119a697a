import * as v from "valibot";
import { operatorRoles } from "../management/operator-roles.ts";
import { operation } from "../operation.ts";
import { count, text } from "../text.ts";
import { operatorShape } from "./operator.ts";

const retryAfter = v.exactOptional(count);

/** `sessionSecret` is what the session is known by; the door carries it and nobody reads it. */
const signedIn = v.object({ sessionSecret: text, expiresAt: count, operator: operatorShape, retryAfter });

/** How an operator gets in: by password and second factor, or by a link. */
export const operatorSignIn = {
  /** `code`: of the authenticator, or one of the recovery codes. */
  signIn: operation({
    route: "POST /manage/v1/sign-in",
    gate: "open",
    input: v.object({ email: text, password: text, code: v.exactOptional(text) }),
    output: signedIn,
    refuses: ["credentialsWrong", "secondFactorRequired", "secondFactorWrong", "tooManyRequests"],
  }),

  signOut: operation({
    route: "POST /manage/v1/sign-out",
    gate: "operator",
    input: v.object({}),
    output: v.object({}),
    refuses: [],
  }),

  /** What a link is good for, before it is used. Its secret is in no address that a proxy would write down. */
  showInvitation: operation({
    route: "POST /manage/v1/invitations/show",
    gate: "open",
    input: v.object({ secret: text }),
    output: v.object({
      /** `setUp`: of the first owner, who chooses its address; `passwordReset`: of an operator that has its name. */
      kind: v.picklist(["setUp", "invitation", "passwordReset"]),
      email: v.exactOptional(text),
      name: v.exactOptional(text),
      role: v.picklist(operatorRoles),
      secondFactor: v.picklist(["on", "off"]),
      expiresAt: count,
      passwordMinLength: count,
      retryAfter,
    }),
    refuses: ["linkInvalid", "tooManyRequests"],
  }),

  /** Uses a link up and signs in. `email`: at set-up only; `name`: but for a password reset; `code`: where there is a second factor. */
  acceptInvitation: operation({
    route: "POST /manage/v1/invitations/accept",
    gate: "open",
    input: v.object({
      secret: text,
      email: v.exactOptional(text),
      name: v.exactOptional(text),
      password: text,
      code: v.exactOptional(text),
    }),
    output: signedIn,
    refuses: [
      "linkInvalid",
      "emailInvalid",
      "emailTaken",
      "nameInvalid",
      "passwordRefused",
      "secondFactorRequired",
      "secondFactorWrong",
      "tooManyRequests",
    ],
  }),
};
