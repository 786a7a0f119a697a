import type { IncomingMessage, ServerResponse } from "node:http";
import type { Call, CallName, Fault, OutputOf } from "@latchkey/protocol";
import { calls, faultOf, faults, isObjectId } from "@latchkey/protocol";
import type { Resources } from "#context.ts";
import type { Caller } from "#caller.ts";
import type { Gate } from "#gate.ts";
import { applicationOfHost, applicationOfKey, type IdentifiedApplication, withUser } from "#presence.ts";
import { type Address, readAddress } from "./address.ts";
import { parseBody, readBody } from "./body.ts";
import { userRow } from "./user-row.ts";

const urlAtMost = 8_192;
const tokenShownAtMost = 64;

const headers = {
  "Content-Type": "application/json; charset=utf-8",
  "Cache-Control": "no-store",
  "Access-Control-Allow-Origin": "*",
  "Access-Control-Allow-Methods": "GET, POST, PUT, DELETE, OPTIONS",
  "Access-Control-Allow-Headers": "content-type, user-token, application-type, api-version",
  "Access-Control-Expose-Headers": "retry-after",
  "Access-Control-Max-Age": "86400",
};

/** Flat, as the platform writes them without another look. */
const headerFields: readonly string[] = Object.entries(headers).flat();

interface Reply {
  readonly status: number;
  readonly body: unknown;
  readonly retryAfter?: number;
}

/** The user service over HTTP and JSON: finds the call, the application and the user, and translates (US-ERR-7 is the order). */
export class UserServiceDoor {
  readonly #resources: Resources;
  readonly #gate: Gate;

  constructor(resources: Resources, gate: Gate) {
    this.#resources = resources;
    this.#gate = gate;
  }

  /** What a request gets whose head alone is larger than can be read (US-HTTP-9). */
  get tooLarge(): string {
    const { status, body } = fail(faults.requestTooLarge);
    const text = JSON.stringify(body);
    const lines = Object.entries({ ...headers, "Content-Length": Buffer.byteLength(text), Connection: "close" });
    return [`HTTP/1.1 ${status} Bad Request`, ...lines.map(([name, value]) => `${name}: ${value}`), "", text].join(
      "\r\n",
    );
  }

  answer(request: IncomingMessage, response: ServerResponse, address: string): void {
    if (request.method === "OPTIONS") {
      response.writeHead(204, headers).end();
      return;
    }
    void this.#reply(request, address).then((reply) => {
      const body = JSON.stringify(reply.body);
      const fields = [...headerFields, "Content-Length", `${Buffer.byteLength(body)}`];
      if (reply.retryAfter !== undefined) fields.push("Retry-After", `${reply.retryAfter}`);
      // What is left of a body that was too large is not read.
      if (!request.complete) fields.push("Connection", "close");
      response.writeHead(reply.status, fields);
      response.end(body);
    });
  }

  async #reply(request: IncomingMessage, clientAddress: string): Promise<Reply> {
    const { method = "GET", url = "/" } = request;
    const path = url.slice(0, url.search(/[?#]|$/));
    const read = readAddress(method, path, this.#resources.config.pathPrefix);
    if ("fault" in read) return fail(read.fault === "unknown" ? faults.routeUnknown : faults.malformedRequest);
    const call: Call = calls[read.address.name];
    const reply = await this.#gate.attempt(read.address.name, () =>
      this.#replyTo(request, read.address, call, clientAddress),
    );
    return "fault" in reply ? fail(call.failure, { requestId: reply.requestId }) : reply;
  }

  async #replyTo(request: IncomingMessage, address: Address, call: Call, clientAddress: string): Promise<Reply> {
    const application = await this.#identify(request, address);
    if (!application) {
      const isMalformed = call.operation === "logout" && address.keyed && !isObjectId(address.keyed.applicationId);
      return fail(isMalformed ? faults.applicationIdInvalid : faults.appOrKeyUnknown);
    }
    const body = isTooLong(request) ? "tooLarge" : await readBody(request);
    if (body === "tooLarge") return fail(faults.requestTooLarge);
    if (body === "gone") return fail(faults.malformedRequest);

    const { applicationId, keyKind } = application;
    const caller = { door: "user-service", address: clientAddress, applicationId, keyKind } as const;
    const token = tokenOf(request);
    const asking = await this.#withUser(caller, call, token);
    if ("refused" in asking) return fail(faultOf[asking.refused], undefined, token);
    // Clients log out before they log in: without a user there is nothing to end (US-LOGOUT-2).
    if (call.token === "logout" && !asking.caller.session) return succeed(null);

    const input = inputOf(call, address, body);
    if (!input) return fail(faults.malformedRequest);
    return this.#call(address.name, asking.caller, input, application, token);
  }

  #identify(request: IncomingMessage, { keyed }: Address): Promise<IdentifiedApplication | undefined> {
    if (keyed) return applicationOfKey(this.#resources, keyed.applicationId, keyed.apiKey);
    return applicationOfHost(this.#resources, (request.headers.host ?? "").replace(/:\d+$/, "").toLowerCase());
  }

  async #withUser(caller: Parameters<typeof withUser>[1], call: Call, token: string) {
    if (call.token === "ignored" || token === "") return { caller };
    return withUser(this.#resources, caller, token, call.token);
  }

  async #call<C extends CallName>(
    name: C,
    caller: Caller,
    input: object,
    application: IdentifiedApplication,
    token: string,
  ): Promise<Reply> {
    const outcome = await this.#gate.call(calls[name].operation, caller, input);
    if (outcome.ok) return succeed(results[name](outcome.output, application));
    if ("fault" in outcome) {
      const { failure } = calls[name];
      return outcome.fault === "internal"
        ? fail(failure, { requestId: outcome.requestId })
        : fail(faults.malformedRequest);
    }
    const retryAfter = outcome.output && "retryAfter" in outcome.output ? outcome.output.retryAfter : undefined;
    const fault: Fault = faultOf[outcome.refusal];
    // A lock does not say how long it lasts: `errorData` is empty unless a rule fills it (US-ERR-1, US-SEC-5).
    if (fault !== faults.rateLimited || retryAfter === undefined) return fail(fault, undefined, token);
    return { ...fail(fault, { retryAfter }), retryAfter };
  }
}

type Results = {
  readonly [C in CallName]: (
    output: OutputOf<(typeof calls)[C]["operation"]>,
    application: IdentifiedApplication,
  ) => unknown;
};

/** How each call's output looks on this door. */
const results: Results = {
  info: (_, { applicationId, apiKey }) => ({
    appId: applicationId,
    apiKey,
    rtURL: null,
    loggers: [],
  }),
  register: ({ account }) => userRow(account),
  login: ({ account, token }) => ({ ...userRow(account), "user-token": token }),
  logout: () => null,
  isValidUserToken: ({ valid }) => valid,
  getUserRoles: ({ roles }) => roles,
  getUser: ({ account }) => userRow(account),
  findById: ({ account }) => userRow(account),
};

function inputOf(call: Call, { values }: Address, body: Buffer): Readonly<Record<string, unknown>> | undefined {
  if (call.body === undefined) return values;
  const fields = parseBody(body);
  if (call.body === "properties") return { properties: fields };
  return fields && { ...fields, ...values };
}

function isTooLong({ url = "" }: IncomingMessage): boolean {
  return url.length > urlAtMost;
}

function tokenOf({ headers: { "user-token": token } }: IncomingMessage): string {
  return typeof token === "string" ? token : "";
}

function succeed(body: unknown): Reply {
  return { status: 200, body };
}

function fail(fault: Fault, errorData?: Readonly<Record<string, unknown>>, token = ""): Reply {
  const { code, status = 400 } = fault;
  const message = fault.message.replace("<token>", () => shown(token));
  return { status, body: { code, message, errorData: errorData ?? fault.errorData ?? {} } };
}

/** US-ERR-9. */
function shown(token: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  return token.slice(0, tokenShownAtMost).replace(/[\u0000-\u001f\u007f-\u009f]/g, "?");
}
