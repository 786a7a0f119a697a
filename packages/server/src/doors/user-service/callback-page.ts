import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { type Fault, faultOf, faults, type HandOver } from "@latchkey/protocol";
import type { Resources } from "#context.ts";
import type { Gate, Outcome } from "#gate.ts";
import { withoutPrefix } from "./address.ts";
import { loginRow } from "./user-row.ts";

const path = /^\/+([0-9A-F-]{36})\/users\/oauth\/([A-Za-z0-9_-]{1,32})\/callback$/;
const urlAtMost = 8_192;

/** All that the page runs: it gives what it was given to the page that opened it, if that is of this origin. */
const script =
  "const{message,origin}=document.body.dataset;document.body.removeAttribute('data-message');opener?.postMessage(message,origin)";
const scriptHash = createHash("sha256").update(script).digest("base64");

const headers = {
  "Content-Type": "text/html; charset=utf-8",
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
  "Cache-Control": "no-store",
};

interface Page {
  readonly status: number;
  readonly text: string;
  readonly message?: { readonly content: string; readonly origin: string };
}

/** Where browsers come back to from a provider; hands the token of the sign-in over (US-SOCIAL-3). */
export class CallbackPage {
  readonly #pathPrefix: string;
  readonly #gate: Gate;

  constructor({ config }: Resources, gate: Gate) {
    this.#pathPrefix = config.pathPrefix;
    this.#gate = gate;
  }

  owns(requested: string): boolean {
    return path.test(withoutPrefix(requested, this.#pathPrefix));
  }

  answer(request: IncomingMessage, response: ServerResponse, requested: string, address: string): void {
    const { method, url = "" } = request;
    const [, applicationId = "", provider = ""] = path.exec(withoutPrefix(requested, this.#pathPrefix)) ?? [];
    if (method !== "GET" || url.length > urlAtMost) {
      show(response, { status: method === "GET" ? 414 : 405, text: faults.malformedRequest.message });
      return;
    }
    const mark = url.indexOf("?");
    const query = mark === -1 ? "" : url.slice(mark + 1).replace(/#.*$/s, "");
    const caller = { door: "user-service", address } as const;
    void this.#gate.call("completeSocialLogin", caller, { applicationId, provider, query }).then((outcome) => {
      handOver(response, outcome);
    });
  }
}

function handOver(response: ServerResponse, outcome: Outcome<"completeSocialLogin">): void {
  if (outcome.ok) {
    const { account, token, handOver: target } = outcome.output;
    const row = loginRow(account, token);
    hand(response, target, 200, "You are signed in. You can close this window.", JSON.stringify(row), {
      "user-token": token,
      objectId: account.id,
    });
    return;
  }
  const { code, message, status = 400 } = faultIn(outcome);
  const target = "refusal" in outcome ? outcome.output?.handOver : undefined;
  const text = `You are not signed in: ${message}. Please start again.`;
  if (!target) show(response, { status, text });
  else hand(response, target, status, text, JSON.stringify({ fault: message, code }), { code: `${code}`, message });
}

function faultIn(outcome: Outcome<"completeSocialLogin"> & { readonly ok: false }): Fault {
  if ("refusal" in outcome) return faultOf[outcome.refusal];
  return outcome.fault === "internal" ? faults.loginFailed : faults.malformedRequest;
}

/** In a fragment, which no server ever sees, or to one origin alone. */
function hand(
  response: ServerResponse,
  target: HandOver,
  status: number,
  text: string,
  content: string,
  fragment: Readonly<Record<string, string>>,
): void {
  if (target.kind === "message") {
    show(response, { status, text, message: { content, origin: target.origin } });
    return;
  }
  const [start = ""] = target.url.split("#", 1);
  response.writeHead(303, {
    ...headers,
    "Content-Security-Policy": policy(""),
    Location: `${start}#${new URLSearchParams(fragment).toString()}`,
  });
  response.end();
}

function show(response: ServerResponse, { status, text, message }: Page): void {
  const data = message ? ` data-message="${escaped(message.content)}" data-origin="${escaped(message.origin)}"` : "";
  const lines = [
    "<!doctype html>",
    '<html lang="en">',
    '<meta charset="utf-8">',
    "<title>Sign-in</title>",
    `<body${data}>`,
    `<p>${escaped(text)}</p>`,
    ...(message ? [`<script>${script}</script>`] : []),
  ];
  const body = lines.join("\n");
  response.writeHead(status, {
    ...headers,
    "Content-Security-Policy": policy(message ? `script-src 'sha256-${scriptHash}'; ` : ""),
    "Content-Length": Buffer.byteLength(body),
  });
  response.end(body);
}

/** Nothing is loaded, framed or sent; nothing runs but what is named. */
function policy(scripts: string): string {
  return `default-src 'none'; ${scripts}base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
