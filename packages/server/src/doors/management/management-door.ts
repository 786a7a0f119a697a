import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import { definitionOf, problemOf, requestProblems, type RoutedName } from "@latchkey/protocol";
import { type Caller, meets } from "#caller.ts";
import type { ServerResources } from "#context.ts";
import { etagOf } from "#crypto/etag.ts";
import type { Gate, Judgment } from "#gate.ts";
import { callerByCookie, callerByKey } from "#operator-presence.ts";
import { BrowserGuard } from "./browser-guard.ts";
import { byRecord, type Changes, whole } from "./changes.ts";
import { EventStreams } from "./event-streams.ts";
import { openApiDocument } from "./openapi.ts";
import { OperatorCookie } from "./operator-cookie.ts";
import { malformed, readInput } from "./read-input.ts";
import { readReason } from "./read-reason.ts";
import { findRoute } from "./routes.ts";
import { type Headers, type SaidProblem, say, sayProblem } from "./say.ts";

/** In front of every path of this door. */
const prefix = "/manage/v1/";
const documentPath = `${prefix}openapi.json`;

/** The response has been dealt with, whatever came of it. */
const answered = "answered";
type Answered = typeof answered;

/** What this door takes out of outputs, to carry it in headers. */
interface Carried {
  /** Of a sign-in: goes into the cookie and nowhere else. */
  readonly sessionSecret?: string;
  /** Seconds. */
  readonly retryAfter?: number;
  readonly [other: string]: unknown;
}

/** Operations after which the cookie names nothing. */
const endsOwnSession: ReadonlySet<string> = new Set(["signOut"]);

/** REST for operators, their dashboard and their programs: finds the operation and translates (docs/MANAGEMENT.md). */
export class ManagementDoor implements Disposable {
  readonly #resources: ServerResources;
  readonly #gate: Gate;
  readonly #guard: BrowserGuard;
  readonly #cookie: OperatorCookie;
  readonly #streams: EventStreams;

  constructor(resources: ServerResources, gate: Gate) {
    const { publicUrl, managementHosts, tlsCertificate } = resources.config;
    this.#resources = resources;
    this.#gate = gate;
    this.#guard = new BrowserGuard(publicUrl, managementHosts);
    this.#cookie = new OperatorCookie(publicUrl === "" ? tlsCertificate !== "" : publicUrl.startsWith("https:"));
    this.#streams = new EventStreams(resources.clock);
  }

  owns(path: string): boolean {
    return path.startsWith(prefix);
  }

  answer(request: IncomingMessage, response: ServerResponse, path: string, address: string): void {
    void this.#gate
      .attempt("a management request", () => this.#answer(request, response, path, address))
      .then((outcome) => {
        if (outcome === answered) return;
        if (response.headersSent) response.destroy();
        else refuse(response, "internal", { requestId: outcome.requestId });
      });
  }

  [Symbol.dispose](): void {
    this.#streams[Symbol.dispose]();
  }

  async #answer(request: IncomingMessage, response: ServerResponse, path: string, address: string): Promise<Answered> {
    const { method = "GET", headers, url = "" } = request;
    if (!this.#guard.knowsHost(headers)) return refuse(response, "hostUnknown");
    const byCookie = headers.authorization === undefined && this.#cookie.read(headers) !== undefined;
    if (!isSafe(method) && !this.#guard.isOwnPage(headers, byCookie)) return refuse(response, "originForeign");
    if (path === documentPath && isSafe(method)) return tell(response, 200, openApiDocument());
    const found = findRoute(method, path);
    if (!found) return refuse(response, "routeUnknown");
    if ("allowed" in found) return refuse(response, "methodNotAllowed", {}, { Allow: found.allowed.join(", ") });
    const { name, values, isFeed } = found;
    if (isKeyInvalid(method, headers)) return refuse(response, "idempotencyKeyInvalid");
    if (headers["if-match"] !== undefined && !definitionOf(name).conditional)
      return refuse(response, "conditionUnsupported");
    const caller = await this.#callerOf(request, address);
    // A stranger's body is not read; the gate says what it is told.
    if (!meets(definitionOf(name).gate, caller))
      return this.#tellOutcome(response, name, await this.#gate.callUncaught(name, caller, {}));
    const read = await readInput(request, name, values, new URL(url, "http://localhost").searchParams);
    if ("problem" in read) return sayAs(response, read.problem);
    const { fields } = read;
    const isFollowed = isFeed ?? (method === "GET" && headers.accept === "text/event-stream");
    if (!isFollowed) return this.#tellOutcome(response, name, await this.#gate.callUncaught(name, caller, fields));
    // Who may see it is asked each time: what a key or an operator may do ends while a stream is open.
    return this.#follow(response, name, isFeed ? byRecord : whole, async () =>
      this.#gate.callUncaught(name, await this.#callerOf(request, address), fields),
    );
  }

  async #callerOf({ headers }: IncomingMessage, address: string): Promise<Caller> {
    const { authorization, "if-match": expects, "idempotency-key": idempotencyKey, "user-agent": userAgent } = headers;
    const secret = this.#cookie.read(headers);
    const operator = authorization
      ? await callerByKey(this.#resources, authorization.replace(/^Bearer +/i, ""))
      : secret && (await callerByCookie(this.#resources, secret));
    const reason = readReason(headers);
    return {
      door: "management",
      address,
      ...(operator && { operator }),
      ...(expects !== undefined && { expects }),
      ...(typeof idempotencyKey === "string" && { idempotencyKey }),
      ...(userAgent !== undefined && { userAgent }),
      ...(reason !== undefined && { reason }),
    };
  }

  #tellOutcome(response: ServerResponse, name: RoutedName, judgment: Judgment<RoutedName>): Answered {
    if (!judgment.ok) return sayAs(response, problemIn(judgment), retryAfterOf(judgment));
    const { route = "", gate } = definitionOf(name);
    const { sessionSecret, ...output }: Carried = judgment.output;
    const headers = {
      ...(sessionSecret !== undefined && { "Set-Cookie": this.#cookie.give(sessionSecret) }),
      ...(endsOwnSession.has(name) && { "Set-Cookie": this.#cookie.taken }),
      ...(isOneRecord(output) && { ETag: etagOf(output) }),
    };
    return tell(response, route.startsWith("POST") && gate.endsWith(":create") ? 201 : 200, output, headers);
  }

  /** What is asked for, again each time that it has changed (MG-STREAM-1); who may not see it any more is cut off. */
  async #follow(
    response: ServerResponse,
    name: RoutedName,
    changes: Changes,
    look: () => Promise<Judgment<RoutedName>>,
  ): Promise<Answered> {
    const first = await look();
    if (!first.ok) return this.#tellOutcome(response, name, first);
    const isBegun = this.#streams.begin(response, first.output, changes, async () => {
      const next = await this.#gate.attempt(name, look);
      return next.ok ? next.output : undefined;
    });
    return isBegun ? answered : refuse(response, "tooManyStreams");
  }
}

/** Other methods are the same however often they come. */
function isKeyInvalid(method: string, { "idempotency-key": key }: IncomingHttpHeaders): boolean {
  return key !== undefined && (method !== "POST" || !/^[!-~]{1,200}$/.test(String(key)));
}

function isSafe(method: string): boolean {
  return method === "GET" || method === "HEAD";
}

function tell(response: ServerResponse, status: number, output: unknown, headers?: Headers): Answered {
  say(response, status, output, headers);
  return answered;
}

function sayAs(response: ServerResponse, problem: SaidProblem, headers?: Headers): Answered {
  sayProblem(response, problem, headers);
  return answered;
}

function refuse(
  response: ServerResponse,
  code: keyof typeof requestProblems,
  details: object = {},
  headers?: Headers,
): Answered {
  return sayAs(response, { ...requestProblems[code], code, ...details }, headers);
}

function problemIn(judgment: Judgment<RoutedName> & { readonly ok: false }): SaidProblem {
  if ("refusal" in judgment) {
    const { refusal, output } = judgment;
    return { ...problemOf[refusal], code: refusal, ...output };
  }
  if (judgment.fault === "malformed") return malformed(judgment.errors);
  const code = isRequestProblem(judgment.fault) ? judgment.fault : "unauthenticated";
  return { ...requestProblems[code], code };
}

function isRequestProblem(fault: string): fault is keyof typeof requestProblems {
  return Object.hasOwn(requestProblems, fault);
}

function retryAfterOf(judgment: Judgment<RoutedName> & { readonly ok: false }): Headers {
  if (!("refusal" in judgment)) return {};
  const { retryAfter }: Carried = judgment.output ?? {};
  return retryAfter === undefined ? {} : { "Retry-After": `${retryAfter}` };
}

/** What a tag names: one record alone, under its noun. */
function isOneRecord(output: object): boolean {
  const fields: unknown[] = Object.values(output);
  return fields.length === 1 && typeof fields[0] === "object" && fields[0] !== null && !Array.isArray(fields[0]);
}
