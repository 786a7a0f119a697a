import { texts } from "#texts/texts.ts";

const words = texts.overview.connect;

interface Known {
  readonly url: string;
  readonly websocketApiKey: string;
  /** One of the application, where there is one. */
  readonly license: string | undefined;
}

/** How a program connects to this server, as this application. */
export function snippet({ url, websocketApiKey, license }: Known): string {
  return `import { Session, orThrow } from "@latchkey/client";

const session = new Session({ url: "${url}" });
await session.connect();
orThrow(await session.initialize("${websocketApiKey}", "${words.computer}"));
// ${words.failsClosed}
const license = orThrow(await session.authorize("${license ?? words.license}"));
console.log(license.levels);
`;
}
