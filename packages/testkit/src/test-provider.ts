import { generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type Provider from "oidc-provider";
import type { KoaContextWithOIDC } from "oidc-provider";

/** What the provider knows of somebody, by the scopes `email` and `profile`. */
export interface Person {
  readonly email?: string;
  readonly email_verified?: boolean;
  readonly name?: string;
}

interface ProviderTokens {
  readonly access_token: string;
  readonly id_token: string;
}

/** A real provider on loopback, at which people sign in without being asked anything. */
export interface TestProvider extends AsyncDisposable {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly people: Map<string, Person>;
  /** Who sits at the browser. */
  person: string;
  /** Lets every request fail from here on, or no more. */
  isBroken: boolean;
  /** Goes where a browser is sent, until it is sent back to a client; answers where to. */
  visit(url: string): Promise<string>;
  /** Tokens for the person at the browser, issued to the client or to another one. */
  tokens(client: "own" | "other"): Promise<ProviderTokens>;
}

const clientId = "latchkey";
const clientSecret = "a secret that only the two of them know";
/** Where nobody listens: what comes there is read from the address. */
const elsewhere = "http://127.0.0.1:9/elsewhere";

/** `redirectUris`: where the client may have browsers sent back to. */
export async function startTestProvider(redirectUris: readonly string[]): Promise<TestProvider> {
  await using opened = new AsyncDisposableStack();
  const http = createServer();
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  opened.defer(() => {
    http.closeAllConnections();
    http.close();
  });
  const issuer = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  const people = new Map<string, Person>([["ann", { email: "ann@example.com", email_verified: true, name: "Ann" }]]);
  const state = { person: "ann", isBroken: false };
  const provider = await providerAt(issuer, people, redirectUris);
  addPages(provider, people, state);
  const answer = provider.callback();
  http.on("request", (request, response) => void answer(request, response));
  const running = opened.move();
  return Object.assign(state, {
    issuer,
    clientId,
    clientSecret,
    people,
    visit,
    tokens: (client: "own" | "other") => tokensFor(issuer, client === "own" ? clientId : "other"),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  });
}

async function providerAt(
  issuer: string,
  people: ReadonlyMap<string, Person>,
  redirectUris: readonly string[],
): Promise<Provider> {
  // Not before it is needed: it takes longer to load than most tests to run.
  const { default: Provider } = await import("oidc-provider");
  const key = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ format: "jwk" });
  const client = {
    client_secret: clientSecret,
    grant_types: ["authorization_code"],
    response_types: ["code" as const],
  };
  return new Provider(issuer, {
    clients: [
      { ...client, client_id: clientId, redirect_uris: [...redirectUris, elsewhere] },
      { ...client, client_id: "other", redirect_uris: [elsewhere] },
    ],
    jwks: { keys: [{ ...key, kid: "test", use: "sig", alg: "RS256" }] },
    cookies: { keys: ["of tests"] },
    pkce: { required: () => true },
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
    features: { devInteractions: { enabled: false }, introspection: { enabled: true } },
    ttl: { AccessToken: 600, AuthorizationCode: 60, IdToken: 600, Interaction: 60, Session: 600, Grant: 600 },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...people.get(id) }) }),
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    loadExistingGrant: grantEverything,
  });
}

async function grantEverything(ctx: KoaContextWithOIDC) {
  const { provider, client, session } = ctx.oidc;
  const grant = new provider.Grant({ clientId: client?.clientId ?? "", accountId: session?.accountId ?? "" });
  grant.addOIDCScope("openid email profile");
  await grant.save();
  return grant;
}

/** Besides the provider's own: signing in, and what providers have who do not speak OIDC. */
function addPages(
  provider: Provider,
  people: ReadonlyMap<string, Person>,
  state: { readonly person: string; readonly isBroken: boolean },
): void {
  provider.use(async (ctx, next) => {
    if (state.isBroken) {
      ctx.status = 503;
    } else if (ctx.path.startsWith("/interaction/")) {
      await provider.interactionFinished(ctx.req, ctx.res, { login: { accountId: state.person } });
    } else if (ctx.path === "/api/user") {
      const token = await provider.AccessToken.find(ctx.get("authorization").replace(/^Bearer /, ""));
      const { accountId = "" } = token ?? {};
      ctx.status = token ? 200 : 401;
      ctx.body = token ? { id: accountId.length, login: accountId, ...people.get(accountId) } : {};
    } else if (ctx.path === "/api/token-info") {
      const token = await provider.AccessToken.find(String(ctx.query["access_token"]));
      ctx.status = token ? 200 : 400;
      ctx.body = { app_id: token?.clientId };
    } else {
      await next();
    }
  });
}

async function visit(url: string): Promise<string> {
  const cookies = new Map<string, string>();
  const { origin } = new URL(url);
  for (let at = url; ;) {
    if (new URL(at).origin !== origin) return at;
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await fetch(at, { redirect: "manual", headers: { cookie } });
    for (const line of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    const location = response.headers.get("location");
    if (location === null) throw new Error(`${at} came to ${response.status}: ${await response.text()}`);
    at = new URL(location, at).href;
  }
}

async function tokensFor(issuer: string, client: string): Promise<ProviderTokens> {
  const verifier = "v".repeat(43);
  const challenge = Buffer.from(await crypto.subtle.digest("SHA-256", Buffer.from(verifier))).toString("base64url");
  const asked = new URLSearchParams({
    client_id: client,
    response_type: "code",
    redirect_uri: elsewhere,
    scope: "openid email profile",
    code_challenge: challenge,
    code_challenge_method: "S256",
  });
  const back = new URL(await visit(`${issuer}/auth?${asked.toString()}`));
  const response = await fetch(`${issuer}/token`, {
    method: "POST",
    headers: { authorization: `Basic ${btoa(`${client}:${encodeURIComponent(clientSecret).replaceAll("%20", "+")}`)}` },
    body: new URLSearchParams({
      grant_type: "authorization_code",
      code: back.searchParams.get("code") ?? "",
      redirect_uri: elsewhere,
      code_verifier: verifier,
    }),
  });
  if (!response.ok) throw new Error(`the provider gave no tokens: ${await response.text()}`);
  return (await response.json()) as ProviderTokens;
}
