import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { RequestContext } from "#report/request-context.ts";
import type { TrustedProxies } from "./client-address.ts";

const wellFormed = /^[\w.:-]{1,100}$/;

/** Names each request: as a proxy has whose word is taken, else anew (MG-LOG-1). */
export function requestContextReader(proxies: TrustedProxies): (request: IncomingMessage) => RequestContext {
  return (request) => {
    const { "x-request-id": given, traceparent } = request.headers;
    const isGiven = typeof given === "string" && wellFormed.test(given) && proxies.sent(request);
    return {
      id: isGiven ? given : randomUUID(),
      traceparent: typeof traceparent === "string" ? traceparent : undefined,
    };
  };
}
