import type { IncomingMessage } from "node:http";
import { type Fault, faultOf, faults } from "@latchkey/protocol";
import type { Outcome } from "#gate.ts";
import { wordingFor } from "#wording/wording-for.ts";
import type { LinkAddress } from "./link-address.ts";
import { askingPage, donePage, noticePage } from "./link-page.ts";
import { languagesOf, wantsJson } from "./link-request.ts";

export type LinkOutcome = Outcome<"showAccountLink"> | Outcome<"confirmEmail"> | Outcome<"recoverPassword">;

export interface LinkReply {
  readonly status: number;
  readonly type: "text/html" | "application/json";
  readonly body: string;
  readonly retryAfter?: number | undefined;
}

/** What came of a visit: as a page, or as JSON for who asks for that (US-CONF-4). */
export function replyTo(request: IncomingMessage, link: LinkAddress, outcome: LinkOutcome): LinkReply {
  return wantsJson(request) ? jsonReply(outcome) : htmlReply(request, link, outcome);
}

function jsonReply(outcome: LinkOutcome): LinkReply {
  const type = "application/json";
  if (outcome.ok) return { status: 200, type, body: "{}" };
  const { fault, errorData = {}, retryAfter } = problemOf(outcome);
  const { code, message, status = 400 } = fault;
  return { status, type, body: JSON.stringify({ code, message, errorData }), retryAfter };
}

function htmlReply(request: IncomingMessage, { kind }: LinkAddress, outcome: LinkOutcome): LinkReply {
  const type = "text/html";
  const about = "output" in outcome ? outcome.output : undefined;
  const wording = wordingFor(about?.locale, ...languagesOf(request));
  const { applicationName = "", passwordMinLength = 0 } = about ?? {};
  const owner = { applicationName, passwordMinLength };
  if (outcome.ok) {
    const page = request.method === "POST" ? donePage : askingPage;
    return { status: 200, type, body: page(wording, kind, owner) };
  }
  const { fault, retryAfter } = problemOf(outcome);
  const { status = 400 } = fault;
  const isPassword = fault === faults.passwordRefused || fault === faults.passwordNotString;
  if (isPassword) return { status, type, body: askingPage(wording, kind, owner, true) };
  const notice = status === 429 ? "tooManyRequests" : status === 500 ? "failed" : "linkInvalid";
  return { status, type, body: noticePage(wording, notice), retryAfter };
}

interface Problem {
  readonly fault: Fault;
  readonly errorData?: Readonly<Record<string, unknown>>;
  readonly retryAfter?: number | undefined;
}

function problemOf(outcome: Exclude<LinkOutcome, { readonly ok: true }>): Problem {
  if ("fault" in outcome) {
    if (outcome.fault !== "internal") return { fault: faults.confirmationFailed };
    return { fault: faults.internalError, errorData: { requestId: outcome.requestId } };
  }
  const retryAfter = outcome.output?.retryAfter;
  return {
    fault: faultOf[outcome.refusal],
    retryAfter,
    ...(retryAfter !== undefined && { errorData: { retryAfter } }),
  };
}
