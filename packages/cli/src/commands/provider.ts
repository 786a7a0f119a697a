import type { OutputOf, ProviderSettings } from "@latchkey/protocol";
import { type Command, consoleCommand } from "../command.ts";
import { failed, wrongUsage } from "../failure.ts";
import { flag, list, requiredText, text } from "../options.ts";
import { fields, table } from "../output/layout.ts";
import { refused } from "../refused.ts";

const app = requiredText("ID", "the application");
const name = requiredText("N", "what clients call it, such as google");

type Provider = OutputOf<"addProvider">["provider"];

export const provider: readonly Command[] = [
  consoleCommand({
    name: "provider add",
    about: "let the users of an application sign in at a provider, or set one up anew",
    options: {
      app,
      name,
      clientId: requiredText("C", "what the provider knows the application by"),
      clientSecretStdin: flag("read the client secret from standard input"),
      issuer: text("URL", "address of an OpenID Connect provider, which tells all others"),
      authorizationUrl: text("URL", "of another provider: where users sign in"),
      tokenUrl: text("URL", "of another provider: where codes become tokens"),
      userInfoUrl: text("URL", "of another provider: where it tells who somebody is"),
      subjectClaim: text("F", 'of another provider: the field that never changes ("id" unless given)'),
      scopes: list("S,S", '"openid,email,profile" of an OpenID Connect provider unless given'),
      trustEmail: flag("believe it which addresses are verified: they are identities, and lead to their accounts"),
      redirectUrl: text("URL", "where a sign-in ends whose client names no place, such as an app's"),
      audienceFrom: text("URL", '"introspection", or where it tells whom it issued an access token to'),
      audienceClaim: text("F", 'the field that names the client there ("aud" unless given)'),
    },
    async run({ console, input }, { app, name, clientSecretStdin, ...given }) {
      const settings = settingsFrom(given);
      if (settings === undefined)
        return wrongUsage("give either --issuer, or --authorization-url, --token-url and --user-info-url");
      const secret = clientSecretStdin ? await input.readSecret() : "";
      if (secret === undefined) return failed("the secret on standard input is far too long, or not UTF-8");
      const outcome = await console.call("addProvider", {
        applicationId: app,
        name,
        settings,
        ...(secret !== "" && { clientSecret: secret }),
      });
      if (!outcome.ok) return refused(outcome);
      return { json: outcome.output.provider, text: providerText(outcome.output.provider) };
    },
  }),
  consoleCommand({
    name: "provider list",
    about: "list the providers of an application",
    options: { app },
    async run({ console }, { app }) {
      const outcome = await console.call("listProviders", { applicationId: app });
      if (!outcome.ok) return refused(outcome);
      const { providers } = outcome.output;
      const rows = providers.map(({ name, settings, callbackUrl }) => [name, placeOf(settings), callbackUrl]);
      return { json: providers, text: table(["NAME", "PROVIDER", "CALLBACK"], rows) };
    },
  }),
  consoleCommand({
    name: "provider remove",
    about: "let nobody sign in at a provider any more; accounts and sessions stay",
    options: { app, name },
    async run({ console }, { app, name }) {
      const outcome = await console.call("removeProvider", { applicationId: app, name });
      return outcome.ok ? { json: { name }, text: `removed ${name}` } : refused(outcome);
    },
  }),
];

interface Given {
  readonly clientId: string;
  readonly issuer: string | undefined;
  readonly authorizationUrl: string | undefined;
  readonly tokenUrl: string | undefined;
  readonly userInfoUrl: string | undefined;
  readonly subjectClaim: string | undefined;
  readonly scopes: readonly string[] | undefined;
  readonly trustEmail: boolean | undefined;
  readonly redirectUrl: string | undefined;
  readonly audienceFrom: string | undefined;
  readonly audienceClaim: string | undefined;
}

/** `undefined`: it is not clear which kind of provider is meant. */
function settingsFrom(given: Given): ProviderSettings | undefined {
  const { issuer, authorizationUrl, tokenUrl, userInfoUrl, redirectUrl, audienceFrom } = given;
  const common = {
    clientId: given.clientId,
    trustEmail: given.trustEmail === true,
    audienceClaim: given.audienceClaim ?? "aud",
    ...(redirectUrl !== undefined && { redirectUrl }),
    ...(audienceFrom !== undefined && { audienceFrom }),
  };
  if (issuer !== undefined) {
    if (authorizationUrl ?? tokenUrl ?? userInfoUrl) return undefined;
    return { kind: "oidc", issuer, scopes: [...(given.scopes ?? ["openid", "email", "profile"])], ...common };
  }
  if (authorizationUrl === undefined || tokenUrl === undefined || userInfoUrl === undefined) return undefined;
  const addresses = { authorizationUrl, tokenUrl, userInfoUrl };
  const subjectClaim = given.subjectClaim ?? "id";
  return { kind: "oauth2", ...addresses, subjectClaim, scopes: [...(given.scopes ?? [])], ...common };
}

function placeOf(settings: ProviderSettings): string {
  return settings.kind === "oidc" ? settings.issuer : settings.authorizationUrl;
}

function providerText({ name, settings, callbackUrl }: Provider): string {
  return fields({
    name,
    provider: placeOf(settings),
    client: settings.clientId,
    scopes: settings.scopes.join(" "),
    "callback, as the provider has to know it": callbackUrl,
  });
}
