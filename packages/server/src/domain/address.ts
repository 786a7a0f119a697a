import { isIPv4, isIPv6, SocketAddress } from "node:net";

/** What is counted as one client address: an IPv4 address, or the /64 of an IPv6 one (US-SEC-8). */
export function addressKey(address: string): string {
  if (!isIPv6(address)) return address;
  const mapped = /^::ffff:([0-9.]+)$/i.exec(address)?.[1];
  if (mapped && isIPv4(mapped)) return mapped;
  return `${expandedGroups(address).slice(0, 4).join(":")}::/64`;
}

/** The one spelling of an address; what is no address stays as it is. */
export function canonicalAddress(address: string): string {
  const text = address.trim().replace(/^::ffff:(?=\d+\.)/i, "");
  return isIPv6(text) ? new SocketAddress({ address: text, family: "ipv6" }).address : text;
}

function expandedGroups(address: string): string[] {
  const [head = "", tail = ""] = new SocketAddress({ address, family: "ipv6" }).address.split("::");
  const before = head ? head.split(":") : [];
  const after = tail ? tail.split(":") : [];
  const zeros = Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => "0");
  return [...before, ...zeros, ...after];
}
