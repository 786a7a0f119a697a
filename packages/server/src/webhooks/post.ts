import type { LookupAddress } from "node:dns";
import { lookup } from "node:dns/promises";
import * as http from "node:http";
import * as https from "node:https";
import type { BlockList } from "node:net";
import { isPermitted, literalAddress } from "#domain/webhook-target.ts";

const keptBytes = 1024;

interface Letter {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Reply {
  readonly status: number;
  /** How it begins. */
  readonly text: string;
}

export type Resolve = (name: string) => Promise<readonly LookupAddress[]>;

/** A target that may not be reached. */
export class ForbiddenTargetError extends Error {
  override readonly name = "ForbiddenTargetError";
}

function resolveName(name: string): Promise<LookupAddress[]> {
  return lookup(name, { all: true });
}

/**
 * The one way out to webhooks. A name is asked for once, and the connection goes to one of the very addresses that were
 * examined; redirects are not followed, no proxy of the environment is used, and no more is read than is kept.
 */
export async function post(
  { url, headers, body }: Letter,
  networks: BlockList,
  signal: AbortSignal,
  resolve: Resolve = resolveName,
): Promise<Reply> {
  signal.throwIfAborted();
  const addresses = await orAborted(permittedAddresses(url, networks, resolve), signal);
  const [first] = addresses;
  const { request, Agent } = url.protocol === "https:" ? https : http;
  // An agent of its own has neither old connections nor a proxy.
  const agent = new Agent({ keepAlive: false });
  const outgoing = request(url, {
    method: "POST",
    headers: { ...headers, "content-length": Buffer.byteLength(body) },
    agent,
    signal,
    // Not asked at all when the URL has an address in it, which is then the one that was examined.
    lookup: (_name, { all }, done) => (all ? done(null, addresses) : done(null, first.address, first.family)),
  });
  try {
    const response = await answerOf(outgoing, body);
    return { status: response.statusCode ?? 0, text: await beginningOf(response) };
  } finally {
    outgoing.destroy();
    agent.destroy();
  }
}

async function permittedAddresses(
  url: URL,
  networks: BlockList,
  resolve: Resolve,
): Promise<[LookupAddress, ...LookupAddress[]]> {
  const literal = literalAddress(url);
  const found = literal === undefined ? await resolve(url.hostname) : [{ address: literal, family: 0 }];
  const [first, ...others] = found.filter(({ address }) => isPermitted(address, url, networks));
  if (first) return [first, ...others];
  const list = found.map(({ address }) => address).join(", ");
  throw new ForbiddenTargetError(`webhooks may not be sent to ${list} over ${url.protocol.slice(0, -1)}`);
}

/** Names are resolved by the system, which cannot be told to stop. */
async function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(signal.reason);
  signal.addEventListener("abort", abort);
  try {
    return await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}

function answerOf(outgoing: http.ClientRequest, body: string): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    outgoing.on("response", resolve);
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

/** What is there of it: the status has come, and says what the answer is, whatever becomes of the rest. */
async function beginningOf(response: http.IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let length = 0;
  try {
    const chunks: AsyncIterable<Buffer> = response;
    for await (const chunk of chunks) {
      parts.push(chunk);
      length += chunk.length;
      if (length >= keptBytes) break;
    }
  } catch {
    // Cut off by its sender, or by the time limit.
  }
  const bytes = Buffer.concat(parts).subarray(0, keptBytes);
  // A character that was cut in two is left out, and PostgreSQL takes no NUL.
  return new TextDecoder().decode(bytes, { stream: true }).replaceAll("\0", "\ufffd");
}
