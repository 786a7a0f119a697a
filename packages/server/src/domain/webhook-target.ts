import { type BlockList, isIP } from "node:net";
import { familyOf, networkList } from "./network-list.ts";

const longest = 2_000;

/** What is on the internet of IPv4 but nobody's there (IANA's registry of special-purpose addresses). */
const specialIpv4 = networkList([
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.88.99.0/24",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/4",
  "240.0.0.0/4",
]);

/** All that is given out in IPv6; loopback, private and link-local ones, and IPv4 in the guise of IPv6, lie outside. */
const unicastIpv6 = networkList(["2000::/3"]);

/** In there: Teredo and other assignments to protocols, examples, and IPv4 by 6to4. */
const specialIpv6 = networkList(["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"]);

/** Whether an address belongs to somebody on the internet. */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 4) return !specialIpv4.check(address);
  if (isIP(address) !== 6 || address.includes("%")) return false;
  return unicastIpv6.check(address, "ipv6") && !specialIpv6.check(address, "ipv6");
}

/** Whether a URL may lead to an address: on the internet with https, in the networks that the operator has named anyhow. */
export function isPermitted(address: string, url: URL, named: BlockList): boolean {
  if (isIP(address) === 0 || address.includes("%")) return false;
  return named.check(address, familyOf(address)) || (url.protocol === "https:" && isPublicAddress(address));
}

/** The address that a URL names by itself; `undefined`: it has to be asked for. */
export function literalAddress({ hostname }: URL): string | undefined {
  const bare = hostname.replace(/^\[(.*)\]$/, "$1");
  return isIP(bare) === 0 ? undefined : bare;
}

/** What can be said of a URL before it is used; where its name leads is judged at each connection. */
export function isWebhookUrl(text: string, networks: readonly string[]): boolean {
  const url = text.length <= longest ? URL.parse(text) : null;
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== "" || url.password !== "" || url.hash !== "")
    return false;
  const literal = literalAddress(url);
  if (literal !== undefined) return isPermitted(literal, url, networkList(networks));
  return url.protocol === "https:" || networks.length > 0;
}
