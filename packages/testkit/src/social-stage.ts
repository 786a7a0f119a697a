import type { ApplicationSettings, OutputOf } from "@latchkey/protocol";
import { type RestAnswer, RestPeer } from "./rest-peer.ts";
import { startTestProvider, type TestProvider } from "./test-provider.ts";
import {
  must,
  newApplication,
  type Product,
  startTestServer,
  type TestServer,
  type TestServerOptions,
} from "./test-server.ts";

type Settings = OutputOf<"addProvider">["provider"]["settings"];

/** The page that is on the application's list. */
export const listedOrigin = "https://app.example";

/** A server and an application whose users can sign in at a provider, which has the name `test` unless given. */
export interface SocialStage extends AsyncDisposable {
  readonly server: TestServer;
  readonly product: Product;
  readonly provider: TestProvider;
  readonly peer: RestPeer;
  /** Sets the provider up anew with other settings. */
  readonly configure: (changes: Partial<Settings>) => Promise<void>;
  /** Begins a sign-in on a page of that origin; with an empty one, it is no page that asks. */
  readonly begin: (body?: object, origin?: string) => Promise<RestAnswer>;
  /** A whole sign-in of the person at the browser, up to the page that the token is handed over on. */
  readonly signIn: (body?: object) => Promise<Handed>;
}

/** What a page is handed. */
export interface Handed {
  readonly status: number;
  /** The message, or the fields of the fragment. */
  readonly fields: Readonly<Record<string, unknown>>;
  readonly token: string;
  readonly accountId: string;
}

export async function openSocialStage({
  application,
  name = "test",
  ...options
}: TestServerOptions & {
  readonly application?: Partial<ApplicationSettings>;
  readonly name?: string;
} = {}): Promise<SocialStage> {
  await using opened = new AsyncDisposableStack();
  const server = opened.use(await startTestServer(options));
  const product = await newApplication(server.console, { allowedOrigins: [listedOrigin], ...application });
  const back = `${options.settings?.["publicUrl"] ?? server.url}/${product.id}/users/oauth/${name}/callback`;
  const provider = opened.use(await startTestProvider([back]));
  const { issuer, clientId, clientSecret } = provider;
  const oidc = { kind: "oidc" as const, issuer, clientId, audienceClaim: "aud", trustEmail: true };
  const peer = RestPeer.of(server, product);

  async function configure(changes: Partial<Settings>): Promise<void> {
    const settings = { ...oidc, scopes: ["openid", "email", "profile"], ...changes } as Settings;
    await must(server.console, "addProvider", { applicationId: product.id, name, settings, clientSecret });
  }

  function begin(body: object = {}, origin = listedOrigin): Promise<RestAnswer> {
    const headers = { ...(origin !== "" && { origin }) };
    return peer.request("POST", `/users/oauth/${name}/request_url`, { body, headers });
  }

  async function signIn(body: object = {}): Promise<Handed> {
    const asked = await begin(body);
    if (typeof asked.body !== "string") throw new Error(`the sign-in did not begin: ${asked.text}`);
    return handedBy(await fetch(await provider.visit(asked.body), { redirect: "manual" }));
  }

  await configure({});
  const running = opened.move();
  return {
    server,
    product,
    provider,
    peer,
    configure,
    begin,
    signIn,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

/** What the page at the end of a sign-in hands over, in either way. */
export async function handedBy(response: Response): Promise<Handed> {
  const { status, headers } = response;
  const location = headers.get("location");
  const data = /data-message="([^"]*)"/.exec(await response.text())?.[1];
  const fields: Readonly<Record<string, unknown>> =
    location === null
      ? JSON.parse(data === undefined ? "{}" : unescaped(data))
      : Object.fromEntries(new URLSearchParams(new URL(location).hash.slice(1)));
  return { status, fields, token: String(fields["user-token"]), accountId: String(fields["objectId"]) };
}

function unescaped(text: string): string {
  return text.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
}
