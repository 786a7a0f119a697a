import { BlockList, isIP } from "node:net";
import type { Config } from "@latchkey/server";
import { type Check, failure, ok, warning } from "./check.ts";

type Given = Pick<Config, "host" | "publicUrl" | "tlsCertificate" | "trustedProxies">;

/** Whether passwords cross a network in clear. */
export function checkExposure({ host, publicUrl, tlsCertificate }: Given): Check {
  const name = "exposure";
  if (tlsCertificate !== "") return ok(name, "TLS on all addresses");
  if (isLoopback(host)) return ok(name, "listens for this machine alone");
  if (publicUrl.startsWith("https:")) return ok(name, `TLS ends in front of this server, at ${publicUrl}`);
  return failure(name, {
    message: `it listens on ${host} without TLS`,
    why: "passwords, tokens and license keys cross the network in clear",
    remedy:
      "set tlsCertificate and tlsKey, or listen on 127.0.0.1 behind a proxy with TLS and set publicUrl to its https address",
  });
}

/** Whether it is known where clients come from, when a proxy stands in front. */
export function checkProxies({ host, publicUrl, tlsCertificate, trustedProxies }: Given): Check {
  const name = "proxies";
  const forged = trustedProxies.filter((network) => network.endsWith("/0"));
  if (forged.length > 0)
    return failure(name, {
      message: `X-Forwarded-For is believed from anybody (${forged.join(", ")})`,
      why: "every client can give itself another address and so get around limits and blocks",
      remedy: "name the addresses of your proxies alone in trustedProxies",
    });
  const hasProxy = publicUrl.startsWith("https:") && tlsCertificate === "";
  if (hasProxy && trustedProxies.length === 0)
    return warning(name, {
      message: `TLS ends at a proxy (${publicUrl}) that is not trusted`,
      why: "all clients seem to have the proxy's address, and share its limits and blocks",
      remedy: "name its address in trustedProxies, and let it set X-Forwarded-For",
    });
  if (trustedProxies.length > 0 && isLoopback(host) && !trustedProxies.some(isOnLoopback))
    return warning(name, {
      message: "only this machine can connect, and none of trustedProxies is on it",
      why: "X-Forwarded-For of a proxy here is not believed: all clients seem to have its address",
      remedy: "add 127.0.0.1 to trustedProxies",
    });
  return ok(name, trustedProxies.length === 0 ? "none" : trustedProxies.join(", "));
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127\./.test(host);
}

function isOnLoopback(network: string): boolean {
  const [address = "", bits] = network.split("/");
  const family = isIP(address) === 6 ? "ipv6" : "ipv4";
  const list = new BlockList();
  if (bits === undefined) list.addAddress(address, family);
  else list.addSubnet(address, Number(bits), family);
  return list.check("127.0.0.1") || list.check("::1", "ipv6");
}
