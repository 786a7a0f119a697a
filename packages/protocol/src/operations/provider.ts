import * as v from "valibot";
import { operation } from "../operation.ts";
import { text } from "../text.ts";

const common = {
  clientId: text,
  /** What is asked for at the provider, whatever clients ask for. */
  scopes: v.array(text),
  /** Its word that an address was verified is believed: such an address is an identity, and leads to its account. */
  trustEmail: v.optional(v.boolean(), false),
  /** Where a sign-in ends whose caller named no place, such as an app's. */
  redirectUrl: v.exactOptional(text),
  /** How it is found out whom an access token was issued to: `introspection`, or the address that tells. */
  audienceFrom: v.exactOptional(text),
  /** What names the client there. */
  audienceClaim: v.optional(text, "aud"),
};

/** How a provider is spoken to. An issuer tells its addresses itself, others are given them. */
export const providerSettings = v.variant("kind", [
  v.object({ kind: v.literal("oidc"), issuer: text, ...common }),
  v.object({
    kind: v.literal("oauth2"),
    authorizationUrl: text,
    tokenUrl: text,
    userInfoUrl: text,
    /** What in a person's data stays the same for ever and is nobody else's. */
    subjectClaim: v.optional(text, "id"),
    ...common,
  }),
]);
export type ProviderSettings = v.InferOutput<typeof providerSettings>;

/** A provider as its operator may see it; never with its secret. `callbackUrl` is what the provider has to know. */
const providerShape = v.object({ name: text, settings: providerSettings, callbackUrl: text });

export const provider = {
  /** Sets up a provider, or replaces the one of that name; the accounts of who signed in there stay theirs. */
  addProvider: operation({
    route: "PUT /manage/v1/applications/{applicationId}/providers/{name}",
    gate: "applications:update",
    input: v.object({
      applicationId: text,
      name: text,
      settings: providerSettings,
      clientSecret: v.exactOptional(text),
    }),
    output: v.object({ provider: providerShape }),
    refuses: ["applicationNotFound", "providerNameInvalid", "providerSettingsInvalid"],
  }),

  listProviders: operation({
    route: "GET /manage/v1/applications/{applicationId}/providers",
    gate: "applications:read",
    input: v.object({ applicationId: text }),
    output: v.object({ providers: v.array(providerShape) }),
    refuses: ["applicationNotFound"],
  }),

  removeProvider: operation({
    route: "DELETE /manage/v1/applications/{applicationId}/providers/{name}",
    gate: "applications:update",
    input: v.object({ applicationId: text, name: text }),
    output: v.object({}),
    refuses: ["providerNotFound"],
  }),
};
