import { jwtVerify, errors as joseErrors } from "jose";
import * as client from "openid-client";
import * as v from "valibot";
import type { Claims } from "#domain/social-profile.ts";
import type { Decision } from "#domain/decision.ts";
import type { Clock } from "#clock.ts";
import type { Seal } from "#crypto/seal.ts";
import type { Log } from "#report/log.ts";
import type { Provider } from "#storage/tables.ts";
import { answersWithin, Configurations, type Reached } from "./configurations.ts";
import { boundedFetch } from "./bounded-fetch.ts";

/** `providerFailed`: it could not be asked, or what it said cannot be relied on. `providerRefused`: it said no. */
type ProviderRefusal = "providerFailed" | "providerRefused" | "socialIdentityWrong";

/** What ties a sign-in's way out to its way back; the state travels in the open, the rest is known to us alone. */
const tiesShape = v.object({ state: v.string(), verifier: v.string(), nonce: v.string() });
type Ties = Readonly<v.InferOutput<typeof tiesShape>>;

type Told<T extends object> = Promise<Decision<T, ProviderRefusal>>;

/** Talks to the providers that people sign in at. */
export class SignInProviders {
  readonly #seal: Seal;
  readonly #configurations: Configurations;
  readonly #log: Log;

  constructor(seal: Seal, clock: Clock, log: Log) {
    this.#seal = seal;
    this.#configurations = new Configurations(seal, clock);
    this.#log = log;
  }

  /** Encloses a secret of an operator's or of a sign-in's for the database. */
  close(secret: string): string {
    return this.#seal.close(secret);
  }

  /** The ties of a sign-in that begins. */
  newTies(): Ties & { readonly sealed: string } {
    const ties = {
      state: client.randomState(),
      verifier: client.randomPKCECodeVerifier(),
      nonce: client.randomNonce(),
    };
    return { ...ties, sealed: this.#seal.close(JSON.stringify(ties)) };
  }

  /** The ties that were sealed; `undefined`: with another key. */
  tiesIn(sealed: string): Ties | undefined {
    const text = this.#seal.open(sealed);
    return text === undefined ? undefined : v.parse(tiesShape, JSON.parse(text));
  }

  /** Where a browser has to go for a sign-in. */
  address(provider: Provider, callbackUrl: string, { state, verifier, nonce }: Ties): Told<{ readonly url: string }> {
    return this.#ask(provider, async ({ settings, configuration }) => {
      const url = client.buildAuthorizationUrl(configuration, {
        redirect_uri: callbackUrl,
        state,
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: "S256",
        ...(settings.scopes.length > 0 && { scope: settings.scopes.join(" ") }),
        ...(settings.kind === "oidc" && { nonce }),
      });
      return { url: url.href };
    });
  }

  /** What it says of who has come back from it; `callbackUrl` with all that the browser brought. */
  redeem(provider: Provider, callbackUrl: URL, ties: Ties): Told<{ readonly claims: Claims }> {
    return this.#ask(provider, async (reached) => {
      const { settings, configuration } = reached;
      const isOidc = settings.kind === "oidc";
      const tokens = await client.authorizationCodeGrant(configuration, callbackUrl, {
        expectedState: ties.state,
        pkceCodeVerifier: ties.verifier,
        ...(isOidc && { expectedNonce: ties.nonce, idTokenExpected: true }),
      });
      const idToken = tokens.claims();
      if (!isOidc) return { claims: await userInfo(reached, tokens.access_token) };
      if (!idToken) return { refused: "providerFailed" };
      if (!configuration.serverMetadata().userinfo_endpoint) return { claims: idToken };
      return { claims: { ...idToken, ...(await userInfo(reached, tokens.access_token, idToken.sub)) } };
    });
  }

  /**
   * What it says of the owner of a token that a client has brought: an ID token, or an access token where the provider
   * tells whom it issued it to. A token that was issued to somebody else's client is worth nothing here, or every other
   * site at which a person signs in could sign in as that person.
   */
  read(provider: Provider, token: string): Told<{ readonly claims: Claims }> {
    return this.#ask(provider, async (reached) => {
      const claims = token.split(".").length === 3 ? await idTokenClaims(reached, token) : undefined;
      if (claims) return { claims };
      const audience = await audienceOf(reached, token);
      if (!audience?.includes(reached.settings.clientId)) return { refused: "socialIdentityWrong" };
      return { claims: await userInfo(reached, token) };
    });
  }

  async #ask<T extends object>(provider: Provider, ask: (reached: Reached) => Told<T>): Told<T> {
    try {
      return await ask(await this.#configurations.reach(provider));
    } catch (error) {
      const refused = refusalOf(error);
      const said = { application: provider.applicationId, provider: provider.name, why: whyOf(error) };
      if (refused === "providerFailed") this.#log.error("provider failed", said);
      else this.#log.info("provider refused", said);
      return { refused };
    }
  }
}

/** `undefined`: it is not an ID token of this provider for this client, or no longer good. */
async function idTokenClaims({ settings, configuration, keys }: Reached, token: string): Promise<Claims | undefined> {
  if (!keys) return undefined;
  const { issuer } = configuration.serverMetadata();
  const { clientId: audience } = settings;
  try {
    const { payload, protectedHeader } = await jwtVerify(token, keys, {
      issuer,
      audience,
      requiredClaims: ["sub", "exp", "iat"],
    });
    // An access token that is meant for us as its audience, or a note of a logout, says nothing of a sign-in.
    const isIdToken = (protectedHeader.typ ?? "JWT").toUpperCase() === "JWT" && payload["events"] === undefined;
    const isOurs = !Array.isArray(payload.aud) || payload.aud.length === 1 || payload["azp"] === audience;
    return isIdToken && isOurs ? payload : undefined;
  } catch (error) {
    if (error instanceof joseErrors.JOSEError && !isAboutKeys(error)) return undefined;
    throw error;
  }
}

/** The provider's fault, not the token's. */
function isAboutKeys(error: joseErrors.JOSEError): boolean {
  return (
    error instanceof joseErrors.JWKSTimeout ||
    error instanceof joseErrors.JWKSInvalid ||
    error.code === "ERR_JOSE_GENERIC"
  );
}

/** Whom an access token was issued to; `undefined`: there is no way to know. */
async function audienceOf({ settings, configuration }: Reached, token: string): Promise<unknown[] | undefined> {
  const { audienceFrom, audienceClaim } = settings;
  if (audienceFrom === undefined) return undefined;
  if (audienceFrom === "introspection") {
    const { active, client_id: clientId, aud } = await client.tokenIntrospection(configuration, token);
    // Its audience is who may be shown it; who it was issued to is what counts.
    return active ? [clientId ?? aud].flat() : [];
  }
  const url = new URL(audienceFrom);
  url.searchParams.set("access_token", token);
  const told = await jsonOf(await boundedFetch(url.href, { signal: AbortSignal.timeout(answersWithin * 1000) }));
  return [told[audienceClaim]].flat();
}

async function userInfo({ settings, configuration }: Reached, token: string, subject?: string): Promise<Claims> {
  if (settings.kind === "oidc") {
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- of a token that a client brings nobody has said yet whose it is
    return client.fetchUserInfo(configuration, token, subject ?? client.skipSubjectCheck);
  }
  const headers = new Headers({ accept: "application/json" });
  const address = new URL(settings.userInfoUrl);
  return jsonOf(await client.fetchProtectedResource(configuration, token, address, "GET", null, headers));
}

async function jsonOf(response: Response): Promise<Record<string, unknown>> {
  if (response.status >= 400 && response.status < 500) throw new TokenRefused(`${response.status}`);
  const value: unknown = response.status === 200 ? await response.json() : undefined;
  if (typeof value !== "object" || value === null) throw new Error(`no JSON object, but status ${response.status}`);
  return { ...value };
}

/** A provider does not know the token. */
class TokenRefused extends Error {}

function refusalOf(error: unknown): ProviderRefusal {
  const isNo =
    error instanceof client.AuthorizationResponseError ||
    error instanceof client.ResponseBodyError ||
    error instanceof client.WWWAuthenticateChallengeError ||
    error instanceof TokenRefused;
  return isNo ? "providerRefused" : "providerFailed";
}

/** Never what was sent or came with it: there are tokens in it. */
function whyOf(error: unknown): string {
  if (!(error instanceof Error)) return "";
  const code = "error" in error && typeof error.error === "string" ? `: ${error.error.slice(0, 100)}` : "";
  const { cause } = error;
  const deeper = cause instanceof Error ? `, ${whyOf(cause)}` : "";
  return `${error.message.slice(0, 300)}${code}${deeper}`;
}
