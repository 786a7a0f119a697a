import type { IncomingMessage } from "node:http";
import { type BlockList, isIP, isIPv6 } from "node:net";
import { networkList } from "#presence.ts";

/** The proxies in front of the server whose word is taken. */
export class TrustedProxies {
  readonly #isEmpty: boolean;
  readonly #trusted: BlockList;

  constructor(proxies: readonly string[]) {
    this.#isEmpty = proxies.length === 0;
    this.#trusted = networkList(proxies);
  }

  has(address: string): boolean {
    return !this.#isEmpty && this.#trusted.check(address, isIPv6(address) ? "ipv6" : "ipv4");
  }

  /** Whether it was one of them that sent a request. */
  sent(request: IncomingMessage): boolean {
    return !this.#isEmpty && this.has(socketAddress(request));
  }
}

/** Tells the client's address: the socket's, unless that belongs to a proxy whose word is taken (US-SEC-8). */
export function clientAddressReader(proxies: TrustedProxies): (request: IncomingMessage) => string {
  return (request) => {
    const own = socketAddress(request);
    if (!proxies.has(own)) return own;
    const forwarded = [request.headers["x-forwarded-for"] ?? []].flat().join(",").split(",");
    for (const hop of forwarded.reverse()) {
      const address = plain(hop.trim());
      // A malformed list says nothing that could be believed.
      if (isIP(address) === 0) return own;
      if (!proxies.has(address)) return address;
    }
    return own;
  };
}

function socketAddress({ socket }: IncomingMessage): string {
  return plain(socket.remoteAddress ?? "");
}

/** An IPv4 address that arrived through an IPv6 socket, as IPv4. */
function plain(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, "");
}
