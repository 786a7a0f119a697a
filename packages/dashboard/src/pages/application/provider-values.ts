import type { OutputOf, ProviderSettings } from "@latchkey/protocol";

export type Provider = OutputOf<"listProviders">["providers"][number];

/** What the form holds: the fields of every kind, of which those of one are sent. */
export interface ProviderValues {
  readonly name: string;
  readonly kind: "oidc" | "oauth2";
  readonly issuer: string;
  readonly authorizationUrl: string;
  readonly tokenUrl: string;
  readonly userInfoUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scopes: string[];
  readonly trustEmail: boolean;
}

export function providerValues(provider: Provider | undefined): ProviderValues {
  const settings = provider?.settings;
  const oauth2 = settings?.kind === "oauth2" ? settings : undefined;
  return {
    name: provider?.name ?? "",
    kind: settings?.kind ?? "oidc",
    issuer: settings?.kind === "oidc" ? settings.issuer : "",
    authorizationUrl: oauth2?.authorizationUrl ?? "",
    tokenUrl: oauth2?.tokenUrl ?? "",
    userInfoUrl: oauth2?.userInfoUrl ?? "",
    clientId: settings?.clientId ?? "",
    clientSecret: "",
    scopes: settings?.scopes ?? ["openid", "email", "profile"],
    trustEmail: settings?.trustEmail ?? false,
  };
}

/** What is not in the form stays what it was. */
export function settingsFrom(values: ProviderValues, provider: Provider | undefined): ProviderSettings {
  const { kind, clientId, scopes, trustEmail } = values;
  const before = provider?.settings;
  const common = { audienceClaim: "aud", ...before, clientId: clientId.trim(), scopes, trustEmail };
  if (kind === "oidc") return { ...common, kind, issuer: values.issuer.trim() };
  const { authorizationUrl, tokenUrl, userInfoUrl } = values;
  return {
    subjectClaim: "id",
    ...common,
    kind,
    authorizationUrl: authorizationUrl.trim(),
    tokenUrl: tokenUrl.trim(),
    userInfoUrl: userInfoUrl.trim(),
  };
}
