import * as v from "valibot";
import { operation } from "../operation.ts";
import { count, text } from "../text.ts";

const retryAfter = v.exactOptional(count);

const linkKinds = ["confirm", "recover"] as const;

/** A link as somebody who follows it names it, outside every call of the user service. */
const followed = { applicationId: text, secret: text };

/** What its page says besides: whose it is, and in which language its reader has asked for. */
const linkShape = {
  applicationName: text,
  passwordMinLength: count,
  locale: v.exactOptional(text),
  retryAfter,
};

export const accountLink = {
  /** Mails a link to set a new password by; the password stays as it is until somebody uses that. */
  restorePassword: operation({
    gate: "init",
    input: v.object({ identity: text }),
    output: v.object({ retryAfter }),
    refuses: [
      "tooManyRequests",
      "recoveryDisabled",
      "recoveryIdentityUnknown",
      "accountDisabled",
      "recoveryOfSocialAccount",
    ],
  }),

  /** Mails another link to confirm an address by; those before are void. */
  resendConfirmation: operation({
    gate: "init",
    input: v.object({ identity: text }),
    output: v.object({ retryAfter }),
    refuses: ["tooManyRequests", "confirmationNotEnabled", "confirmationIdentityUnknown", "alreadyConfirmed"],
  }),

  /** The same link for server code, which hands it over by itself. */
  createConfirmationUrl: operation({
    gate: "server",
    input: v.object({ identity: text }),
    output: v.object({ confirmationUrl: text }),
    refuses: ["serverKeyRequired", "accountNotFound"],
  }),

  /** Looks at a link without using it. */
  showAccountLink: operation({
    gate: "open",
    input: v.object({ ...followed, kind: v.picklist(linkKinds) }),
    output: v.object(linkShape),
    refuses: ["tooManyRequests", "linkInvalid"],
  }),

  /** Uses a link: the account can sign in from now on. Used again before it expires, it answers the same. */
  confirmEmail: operation({
    gate: "open",
    input: v.object(followed),
    output: v.object(linkShape),
    refuses: ["tooManyRequests", "linkInvalid"],
  }),

  /** Uses a link up: sets the password, ends every session of the account and lifts its lock. */
  recoverPassword: operation({
    gate: "open",
    input: v.object({ ...followed, password: v.exactOptional(v.unknown()) }),
    output: v.object(linkShape),
    refuses: ["tooManyRequests", "linkInvalid", "passwordRefused", "passwordNotText"],
  }),
};
