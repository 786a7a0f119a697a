import { codePoints, type ProviderSettings } from "@latchkey/protocol";

const longest = 2_000;
const scopesAtMost = 32;

/** How a provider is called wherever its name is used (US-SOCIAL-2). */
export function providerName(given: string): string {
  return given.toLowerCase();
}

export function refusedProvider(name: string, settings: ProviderSettings) {
  if (!/^[a-z][a-z0-9_-]{0,31}$/.test(name)) return "providerNameInvalid";
  const { clientId, scopes, redirectUrl, audienceFrom, audienceClaim } = settings;
  const isFit =
    addressesOf(settings).every(isProviderAddress) &&
    isShort(clientId) &&
    isShort(audienceClaim) &&
    scopes.length <= scopesAtMost &&
    scopes.every((scope) => /^[\x21\x23-\x5b\x5d-\x7e]{1,200}$/.test(scope)) &&
    (redirectUrl === undefined || isReturnAddress(redirectUrl)) &&
    // Only an issuer says where it can be asked; others are given an address.
    (audienceFrom === undefined ||
      (audienceFrom === "introspection" && settings.kind === "oidc") ||
      isProviderAddress(audienceFrom));
  return isFit ? undefined : "providerSettingsInvalid";
}

function addressesOf(settings: ProviderSettings): string[] {
  if (settings.kind === "oidc") return [settings.issuer];
  return [settings.authorizationUrl, settings.tokenUrl, settings.userInfoUrl];
}

function isShort(text: string): boolean {
  return text !== "" && codePoints(text) <= 200;
}

/** What may be asked: https, or http on this very machine. */
export function isProviderAddress(address: string): boolean {
  if (address.length > longest || !URL.canParse(address)) return false;
  const { protocol, hostname, username, password, hash } = new URL(address);
  if (username !== "" || password !== "" || hash !== "") return false;
  return protocol === "https:" || (protocol === "http:" && isLoopback(hostname));
}

function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
}

/** Where a browser may be sent with a token: a page, or an app by a scheme of its own; never code. */
function isReturnAddress(address: string): boolean {
  if (address.length > longest || !URL.canParse(address)) return false;
  return !/^(javascript|data|vbscript|blob|file|about):/i.test(address);
}

/**
 * Whose subjects these are. Another provider under an old name has other people, and one provider under two names has
 * the same.
 */
export function issuerOf(settings: ProviderSettings): string {
  return settings.kind === "oidc" ? settings.issuer : `${settings.userInfoUrl}#${settings.subjectClaim}`;
}
