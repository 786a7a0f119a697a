import * as v from "valibot";
import { operation } from "../operation.ts";
import { text } from "../text.ts";
import { accountShape } from "./account.ts";

/** Where the token of a sign-in goes: to the page of this origin that opened the window, or on to this address. */
const handOverShape = v.variant("kind", [
  v.object({ kind: v.literal("message"), origin: text }),
  v.object({ kind: v.literal("redirect"), url: text }),
]);
export type HandOver = v.InferOutput<typeof handOverShape>;

const retryAfter = v.exactOptional(v.number());

/** What any sign-in with an account from elsewhere may come to. */
const refuses = [
  "providerNotConfigured",
  "tooManyRequests",
  "loginsDisabled",
  "providerFailed",
  "providerRefused",
  "socialIdentityWrong",
  "socialEmailTaken",
  "guestNotConvertible",
  "registrationClosed",
  "licenseRequired",
  "accountQuotaReached",
  "credentialsWrong",
  "accountDisabled",
  "emailUnconfirmed",
  "loggedInElsewhere",
  "concurrentLoginLimit",
] as const;

// What the clients send is read after the provider has been found: until there is one, its absence is the answer (US-SOCIAL-1).
const unread = v.optional(v.unknown());

export const social = {
  /** Begins a sign-in at a provider; answers where the browser has to go. */
  beginSocialLogin: operation({
    gate: "init",
    input: v.object({
      provider: text,
      fieldsMapping: unread,
      redirect: unread,
      redirectAfterLoginUrl: unread,
    }),
    output: v.object({ url: text, provider: v.exactOptional(text), retryAfter }),
    refuses: [
      "providerNotConfigured",
      "tooManyRequests",
      "loginsDisabled",
      "signInMalformed",
      "handOverNotAllowed",
      "providerFailed",
      "providerRefused",
      "socialIdentityWrong",
    ],
  }),

  /** Ends a sign-in with what the browser brought back from the provider: the account signs in, and is made at first. */
  completeSocialLogin: operation({
    gate: "open",
    input: v.object({ applicationId: text, provider: text, query: text }),
    output: v.object({
      account: accountShape,
      token: text,
      handOver: handOverShape,
      provider: v.exactOptional(text),
      retryAfter,
    }),
    refuses: [...refuses, "signInUnknown"],
  }),

  /** Signs in with a token that a client got at a provider itself. */
  socialLogin: operation({
    gate: "init",
    input: v.object({
      provider: text,
      accessToken: unread,
      accessTokenSecret: unread,
      fieldsMapping: unread,
      guestUser: unread,
    }),
    output: v.object({ account: accountShape, token: text, provider: v.exactOptional(text), retryAfter }),
    refuses: [...refuses, "signInMalformed"],
  }),
};
