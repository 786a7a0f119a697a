import { isObject } from "./frames.ts";

/** The two addresses a session uses, worked out from the one the program gave. */
export interface Endpoint {
  readonly webSocketUrl: URL;
  readonly locationUrl: URL;
}

/** Takes the server's address with http, https, ws or wss, with or without `/live`. Throws a TypeError for others. */
export function endpointAt(address: string): Endpoint {
  const url = new URL(address);
  if (!/^(?:http|ws)s?:$/.test(url.protocol)) {
    throw new TypeError(`the server's address must begin with http, https, ws or wss, not ${url.protocol}`);
  }
  const isSecure = url.protocol === "https:" || url.protocol === "wss:";
  const path = url.pathname.replace(/(?:\/live)?\/*$/, "/live");
  const rest = `//${url.host}${path}`;
  return {
    webSocketUrl: new URL(`${isSecure ? "wss" : "ws"}:${rest}`),
    locationUrl: new URL(`${isSecure ? "https" : "http"}:${rest}`),
  };
}

/** Asks the server where it is. A server that does not say is where its address says; never rejects. */
export async function locationOf({ locationUrl }: Endpoint, signal: AbortSignal): Promise<string> {
  try {
    const response = await fetch(locationUrl, { signal });
    const answer: unknown = await response.json();
    if (isObject(answer) && typeof answer["location"] === "string") return answer["location"];
    return locationUrl.host;
  } catch {
    return locationUrl.host;
  }
}
