import type { IncomingMessage } from "node:http";
import { BlockList, isIP, isIPv6 } from "node:net";

/** Tells the client's address: the socket's, unless that belongs to a proxy whose word is taken (US-SEC-8). */
export function clientAddressReader(trustedProxies: readonly string[]): (request: IncomingMessage) => string {
  const trusted = new BlockList();
  for (const proxy of trustedProxies) {
    const [address = "", prefix] = proxy.split("/");
    const family = isIPv6(address) ? "ipv6" : "ipv4";
    if (prefix === undefined) trusted.addAddress(address, family);
    else trusted.addSubnet(address, Number(prefix), family);
  }
  const isTrusted = (address: string) => trusted.check(address, isIPv6(address) ? "ipv6" : "ipv4");
  return (request) => {
    const own = plain(request.socket.remoteAddress ?? "");
    if (trustedProxies.length === 0 || !isTrusted(own)) return own;
    const forwarded = [request.headers["x-forwarded-for"] ?? []].flat().join(",").split(",");
    for (const hop of forwarded.reverse()) {
      const address = plain(hop.trim());
      // A malformed list says nothing that could be believed.
      if (isIP(address) === 0) return own;
      if (!isTrusted(address)) return address;
    }
    return own;
  };
}

/** An IPv4 address that arrived through an IPv6 socket, as IPv4. */
function plain(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, "");
}
