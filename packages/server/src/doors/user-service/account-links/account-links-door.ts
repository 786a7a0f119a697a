import type { IncomingMessage, ServerResponse } from "node:http";
import type { Caller } from "#caller.ts";
import type { Config } from "#config.ts";
import type { Gate } from "#gate.ts";
import { readBody } from "#doors/read-body.ts";
import { bodyBytesAtMost } from "../body.ts";
import { type LinkAddress, readLinkPath } from "./link-address.ts";
import { type LinkOutcome, replyTo } from "./link-reply.ts";
import { passwordIn } from "./link-request.ts";
import { styleSheet } from "./style-sheet.ts";

/** US-SEC-10. */
const safety = {
  "Content-Security-Policy": "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'",
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
  "Cache-Control": "no-store",
};

const methods: ReadonlySet<string> = new Set(["GET", "HEAD", "POST"]);

/** The pages that mailed links lead to. */
export class AccountLinksDoor {
  readonly #pathPrefix: string;
  readonly #gate: Gate;

  constructor({ pathPrefix }: Config, gate: Gate) {
    this.#pathPrefix = pathPrefix;
    this.#gate = gate;
  }

  owns(method: string, path: string): boolean {
    return methods.has(method) && readLinkPath(path, this.#pathPrefix) !== undefined;
  }

  answer(request: IncomingMessage, response: ServerResponse, path: string, address: string): void {
    const link = readLinkPath(path, this.#pathPrefix);
    if (link === "styleSheet" || link === undefined) {
      response.writeHead(200, {
        ...safety,
        "Cache-Control": "max-age=3600",
        "Content-Type": "text/css; charset=utf-8",
      });
      response.end(styleSheet);
      return;
    }
    void this.#follow(request, link, address).then((outcome) => {
      const { status, type, body, retryAfter } = replyTo(request, link, outcome);
      response.writeHead(status, {
        ...safety,
        "Content-Type": `${type}; charset=utf-8`,
        "Content-Length": Buffer.byteLength(body),
        ...(retryAfter !== undefined && { "Retry-After": retryAfter }),
        // What is left of a body that was too large is not read.
        ...(!request.complete && { Connection: "close" }),
      });
      // Node leaves the body out where the method is HEAD.
      response.end(body);
    });
  }

  async #follow(request: IncomingMessage, link: LinkAddress, address: string): Promise<LinkOutcome> {
    const caller: Caller = { door: "user-service", address };
    if (request.method !== "POST") return this.#gate.call("showAccountLink", caller, link);
    const body = await readBody(request, bodyBytesAtMost);
    const { kind, ...named } = link;
    if (kind === "confirm") return this.#gate.call("confirmEmail", caller, named);
    // What is larger than a body may be is no password either.
    const password = Buffer.isBuffer(body) ? passwordIn(request, body) : undefined;
    return this.#gate.call("recoverPassword", caller, { ...named, ...(password !== undefined && { password }) });
  }
}
