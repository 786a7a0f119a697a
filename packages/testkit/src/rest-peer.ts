import { type IncomingHttpHeaders, request } from "node:http";
import type { ApplicationSettings, KeyKind } from "@latchkey/protocol";
import { within } from "./raw-peer.ts";
import { knownPassword } from "./states.ts";
import { must, type Product, type TestServer } from "./test-server.ts";

/** An answer of the user service exactly as it came. */
export interface RestAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly bytes: Buffer;
  /** What the text says in JSON; `undefined`: it is no JSON. */
  readonly body: unknown;
  /** The members of the body; none when it is not an object. */
  readonly fields: Readonly<Record<string, unknown>>;
}

export interface RestRequest {
  readonly token?: string;
  /** Text and bytes are sent as they are, everything else as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Without a `Content-Length`. */
  readonly chunked?: boolean;
}

/** The password of every account that `RestPeer.register` makes. */
export const userPassword = knownPassword;

/** A client of the user service with nothing of an SDK: sends what it is told, byte for byte. */
export class RestPeer {
  readonly #url: URL;
  readonly #base: string;
  readonly #headers: Readonly<Record<string, string>>;

  /** `base` is the start of each path, such as `/{appId}/{apiKey}`. */
  constructor(serverUrl: string, base: string, headers: Readonly<Record<string, string>> = {}) {
    this.#url = new URL(serverUrl);
    this.#base = base;
    this.#headers = headers;
  }

  static of({ url }: TestServer, { id, apiKeys }: Product, kind: KeyKind = "JS"): RestPeer {
    return new RestPeer(url, `/${id}/${apiKeys[kind] ?? ""}`);
  }

  async request(
    method: string,
    path: string,
    { token, body, headers, chunked }: RestRequest = {},
  ): Promise<RestAnswer> {
    const data = bytesOf(body);
    const answer = new Promise<RestAnswer>((resolve, reject) => {
      const sent = request({
        host: this.#url.hostname,
        port: this.#url.port,
        method,
        path: this.#base + path,
        headers: {
          ...(data && !chunked && { "content-length": data.length }),
          ...(token !== undefined && { "user-token": token }),
          ...this.#headers,
          ...headers,
        },
      });
      sent.on("error", reject);
      sent.on("response", (response) => {
        const chunks: Buffer[] = [];
        response.on("error", reject);
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () => {
          const bytes = Buffer.concat(chunks);
          const text = bytes.toString();
          const read = parse(text);
          const fields = typeof read === "object" ? { ...read } : {};
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text, bytes, body: read, fields });
        });
      });
      if (data) sent.write(data);
      sent.end();
    });
    return within(answer, `an answer to ${method} ${path.slice(0, 100)}`);
  }

  get(path: string, token?: string): Promise<RestAnswer> {
    return this.request("GET", path, token === undefined ? {} : { token });
  }

  post(path: string, body?: unknown, token?: string): Promise<RestAnswer> {
    return this.request("POST", path, { body, ...(token !== undefined && { token }) });
  }

  /** Makes an account; answers its id. */
  async register(email: string, properties: object = {}): Promise<string> {
    const { fields, text } = await this.post("/users/register", { email, password: userPassword, ...properties });
    const { objectId } = fields;
    if (typeof objectId !== "string") throw new Error(`register came to ${text}`);
    return objectId;
  }

  /** Opens a session; answers its token. */
  async login(login: string, password = userPassword): Promise<string> {
    const { fields, text } = await this.post("/users/login", { login, password });
    const token = fields["user-token"];
    if (typeof token !== "string") throw new Error(`login came to ${text}`);
    return token;
  }

  /** Whether a token is live, asked in the way that changes nothing. */
  async isLive(token: string): Promise<boolean> {
    const { body, text } = await this.get(`/users/isvalidusertoken/${encodeURIComponent(token)}`);
    if (typeof body !== "boolean") throw new Error(`isvalidusertoken came to ${text}`);
    return body;
  }
}

function bytesOf(body: unknown): Buffer | undefined {
  if (body === undefined || Buffer.isBuffer(body)) return body;
  return Buffer.from(typeof body === "string" ? body : JSON.stringify(body));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Changes settings of an application that exists. */
export async function changeSettings(
  { console }: TestServer,
  { id }: Product,
  settings: Partial<ApplicationSettings>,
): Promise<void> {
  await must(console, "updateApplication", { applicationId: id, settings });
}
