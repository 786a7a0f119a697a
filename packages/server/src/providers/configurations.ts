import type { ProviderSettings } from "@latchkey/protocol";
import { createRemoteJWKSet, customFetch as jwksFetch, type JWTVerifyGetKey } from "jose";
import * as client from "openid-client";
import type { Clock } from "#clock.ts";
import type { Seal } from "#crypto/seal.ts";
import type { Provider, ProviderId } from "#storage/tables.ts";
import { boundedFetch } from "./bounded-fetch.ts";
import { settingsOfProvider } from "./settings.ts";

/** Plain http is `boundedFetch`'s to judge, which lets it through to this very machine alone. */
// eslint-disable-next-line @typescript-eslint/no-deprecated -- deprecated so that it stands out
const allowHttp: (configuration: client.Configuration) => void = client.allowInsecureRequests;

/** Seconds that a provider has for an answer. */
export const answersWithin = 10;
const goodForMs = 3_600_000;
const keptAtMost = 1_000;

/** A provider with what is needed to talk to it. */
export interface Reached {
  readonly name: string;
  readonly settings: ProviderSettings;
  readonly configuration: client.Configuration;
  /** What its ID tokens are signed with. */
  readonly keys?: JWTVerifyGetKey;
}

/** Keeps what providers say of themselves, for an hour at most. */
export class Configurations {
  readonly #seal: Seal;
  readonly #clock: Clock;
  readonly #kept = new Map<ProviderId, { readonly reached: Promise<Reached>; readonly until: number }>();

  constructor(seal: Seal, clock: Clock) {
    this.#seal = seal;
    this.#clock = clock;
  }

  /** Rejects when the provider cannot be reached; asked again, it is tried again. */
  reach(provider: Provider): Promise<Reached> {
    const now = this.#clock.now();
    const kept = this.#kept.get(provider.id);
    if (kept && kept.until > now) return kept.reached;
    if (this.#kept.size >= keptAtMost) this.#kept.clear();
    const reached = this.#reach(provider);
    this.#kept.set(provider.id, { reached, until: now + goodForMs });
    reached.catch(() => this.#kept.delete(provider.id));
    return reached;
  }

  async #reach({ name, settings: json, sealedSecret }: Provider): Promise<Reached> {
    const settings = settingsOfProvider(json);
    const secret = sealedSecret === null ? undefined : this.#seal.open(sealedSecret);
    if (sealedSecret !== null && secret === undefined)
      throw new Error(`the secret of ${name} was sealed with another signing key: set the provider up again`);
    const configuration = await configurationOf(settings, authentication(settings, secret));
    if (settings.kind === "oauth2") return { name, settings, configuration };
    client.enableNonRepudiationChecks(configuration);
    const { jwks_uri: address } = configuration.serverMetadata();
    if (address === undefined) throw new Error(`${settings.issuer} does not say where its keys are`);
    const keys = createRemoteJWKSet(new URL(address), {
      timeoutDuration: answersWithin * 1000,
      [jwksFetch]: boundedFetch,
    });
    return { name, settings, configuration, keys };
  }
}

async function configurationOf(settings: ProviderSettings, auth: client.ClientAuth): Promise<client.Configuration> {
  const { clientId } = settings;
  if (settings.kind === "oidc") {
    return client.discovery(new URL(settings.issuer), clientId, undefined, auth, {
      timeout: answersWithin,
      [client.customFetch]: boundedFetch,
      execute: [allowHttp],
    });
  }
  const { authorizationUrl, tokenUrl, userInfoUrl } = settings;
  const metadata = {
    issuer: new URL(authorizationUrl).origin,
    authorization_endpoint: authorizationUrl,
    token_endpoint: tokenUrl,
    userinfo_endpoint: userInfoUrl,
  };
  const configuration = new client.Configuration(metadata, clientId, undefined, auth);
  configuration.timeout = answersWithin;
  configuration[client.customFetch] = boundedFetch;
  allowHttp(configuration);
  return configuration;
}

/** As the provider says it wants it; one that says nothing of it means the header in OIDC, while elsewhere the body is usual. */
function authentication(settings: ProviderSettings, secret: string | undefined): client.ClientAuth {
  if (secret === undefined) return client.None();
  const inHeader = client.ClientSecretBasic(secret);
  const inBody = client.ClientSecretPost(secret);
  return (server, ...rest) => {
    const methods = server.token_endpoint_auth_methods_supported;
    const takesBody = methods ? methods.includes("client_secret_post") : settings.kind === "oauth2";
    (takesBody ? inBody : inHeader)(server, ...rest);
  };
}
