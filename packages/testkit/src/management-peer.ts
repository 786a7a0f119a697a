import { type InputOf, type OutputOf, requestOf, type RoutedName, type Scope, scopes as all } from "@latchkey/protocol";
import { ManagementContract } from "./management-contract.ts";
import { type RestAnswer, RestPeer } from "./rest-peer.ts";
import { must, type TestServer } from "./test-server.ts";

/** A program at the management door, with a key or without. */
export class ManagementPeer {
  readonly #url: string;
  readonly #headers: Readonly<Record<string, string>>;

  constructor(url: string, headers: Readonly<Record<string, string>> = {}) {
    this.#url = url;
    this.#headers = headers;
  }

  /** With a new key: of every scope and for all applications unless some are named. */
  static async withKey(
    { url, console }: TestServer,
    scopes: readonly Scope[] = all,
    applicationIds?: readonly string[],
  ): Promise<ManagementPeer> {
    const { key } = await must(console, "createManagementKey", {
      name: "of a test",
      scopes: [...scopes],
      ...(applicationIds && { applicationIds: [...applicationIds] }),
    });
    return new ManagementPeer(url, { authorization: `Bearer ${key}` });
  }

  /** The same with other headers, too. */
  with(headers: Readonly<Record<string, string>>): ManagementPeer {
    return new ManagementPeer(this.#url, { ...this.#headers, ...headers });
  }

  /** An operation as its definition says. */
  call<N extends RoutedName>(name: N, input: InputOf<N>): Promise<RestAnswer> {
    const { method, path, body } = requestOf(name, input);
    return this.send(method, path, body);
  }

  /** One that must succeed. */
  async must<N extends RoutedName>(name: N, input: InputOf<N>): Promise<OutputOf<N>> {
    const { status, text, fields } = await this.call(name, input);
    if (status >= 300) throw new Error(`${name}: ${status} ${text}`);

    return fields;
  }

  /** Anything at all; text and bytes as they are, everything else as JSON. The answer keeps the published contract. */
  async send(method: string, path: string, body?: unknown): Promise<RestAnswer> {
    const peer = new RestPeer(this.#url, "", this.#headers);
    const answer = await peer.request(method, path, body === undefined ? {} : { body });
    const contract = await ManagementContract.of(this.#url);
    contract.check(method, path, answer.status, answer.headers["content-type"] ?? "", answer.body);
    return answer;
  }
}
