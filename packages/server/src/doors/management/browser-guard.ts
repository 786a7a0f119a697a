import type { IncomingHttpHeaders } from "node:http";
import { isIP } from "node:net";

/** What a browser could be made to do here by somebody else's page, and is not let do. */
export class BrowserGuard {
  readonly #hosts: ReadonlySet<string>;

  /** `publicUrl`: may be empty; `hosts`: names beside it. */
  constructor(publicUrl: string, hosts: readonly string[]) {
    const own = publicUrl === "" ? [] : [new URL(publicUrl).hostname];
    this.#hosts = new Set(["localhost", ...own, ...hosts].map((host) => host.toLowerCase()));
  }

  /** A page whose name was made to lead here sends its own name (MG-HTTP-5); an address cannot be made to. */
  knowsHost({ host = "" }: IncomingHttpHeaders): boolean {
    const name = host.replace(/:\d+$/, "").toLowerCase();
    return this.#hosts.has(name) || isIP(name.replace(/^\[(.*)\]$/, "$1")) !== 0;
  }

  /** Whether the page that sends an unsafe request is ours (MG-AUTH-5); programs without a cookie send no origin. */
  isOwnPage({ origin, host }: IncomingHttpHeaders, hasCookie: boolean): boolean {
    if (origin === undefined) return !hasCookie;
    return URL.canParse(origin) && new URL(origin).host === host?.toLowerCase();
  }
}
