import * as v from "valibot";
import { operation } from "../operation.ts";
import { count, text } from "../text.ts";
import { accountShape } from "./account.ts";

/** What the answer to a query has besides accounts. */
export const shown = {
  /** The names to be shown and those not to be; none to be shown: all. */
  props: v.array(text),
  excludeProps: v.array(text),
  /** What in the query is not understood. */
  about: v.exactOptional(text),
};

/** What users and server code do with accounts that exist. */
export const userAccount = {
  /** Changes the properties that are given and leaves the others. */
  updateAccount: operation({
    gate: "init",
    input: v.object({ accountId: text, properties: v.unknown() }),
    output: v.object({ account: accountShape, retryAfter: v.exactOptional(count) }),
    refuses: [
      "tokenUnknown",
      "updateNeedsLogin",
      "updateOfOthersForbidden",
      "updateTargetMissing",
      "propertiesMalformed",
      "passwordNotText",
      "loginNotText",
      "identityTooLong",
      "emailInvalid",
      "propertyEmpty",
      "propertyNameReserved",
      "propertyTypeMismatch",
      "tooManyColumns",
      "passwordRefused",
      "notAllowed",
      "loginTaken",
      "propertyTaken",
      "tooManyRequests",
    ],
  }),

  /** The accounts that the caller may see, as far as they are looked for (US-TABLE-2, 3). */
  findAccounts: operation({
    gate: "init",
    input: v.object({ query: v.unknown() }),
    output: v.object({
      accounts: v.array(accountShape),
      ...shown,
    }),
    refuses: ["queryMalformed"],
  }),

  /** Deletes an account for its own user, or for server code (US-TABLE-7). */
  removeAccount: operation({
    gate: "init",
    input: v.object({ accountId: text }),
    output: v.object({ deletedAt: count }),
    refuses: ["tokenUnknown", "deletionForbidden", "accountNotFound"],
  }),
};
