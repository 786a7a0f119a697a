import type { IncomingMessage, ServerResponse } from "node:http";
import { type Call, type CallName, calls, faults } from "@latchkey/protocol";
import type { Resources } from "#context.ts";
import type { Gate } from "#gate.ts";
import { currentRequestId, requestIdHeader } from "#report/request-context.ts";
import { type Address, isTooLong, type ReadAddress, readAddress } from "./address.ts";
import { AmfDoor } from "./amf/amf-door.ts";
import { readBody } from "../read-body.ts";
import { bodyBytesAtMost, parseBody } from "./body.ts";
import { results } from "./results.ts";
import { type SaidFault, say } from "./say.ts";
import { type AskedCall, UserCalls } from "./user-calls.ts";

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
const { "Access-Control-Allow-Origin": _, ...headersOfSome } = headers;
const headerFieldsOfSome: readonly string[] = [...Object.entries(headersOfSome).flat(), "Vary", "Origin"];

interface Reply {
  readonly status: number;
  readonly body: unknown;
  readonly retryAfter?: number | undefined;
  /** Of the application, once it is known. */
  readonly allowedOrigins?: readonly string[];
}

/** The user service over HTTP and JSON: finds the call in the request, and translates (US-ERR-7 is the order). AMF has a path here. */
export class UserServiceDoor {
  readonly #pathPrefix: string;
  readonly #calls: UserCalls;
  readonly #amf: AmfDoor;

  constructor(resources: Resources, gate: Gate) {
    this.#pathPrefix = resources.config.pathPrefix;
    this.#calls = new UserCalls(resources, gate);
    this.#amf = new AmfDoor(this.#calls);
  }

  /** What a request gets whose head alone is larger than can be read (US-HTTP-9). */
  get tooLarge(): string {
    const { status, said } = say(faults.requestTooLarge);
    const text = JSON.stringify(said);
    const lines = Object.entries({ ...headers, "Content-Length": Buffer.byteLength(text), Connection: "close" });
    return [`HTTP/1.1 ${status} Bad Request`, ...lines.map(([name, value]) => `${name}: ${value}`), "", text].join(
      "\r\n",
    );
  }

  answer(request: IncomingMessage, response: ServerResponse, address: string): void {
    if (request.method === "OPTIONS") {
      response.writeHead(204, { ...headers, [requestIdHeader]: currentRequestId() }).end();
      return;
    }
    const { method = "GET", url = "/" } = request;
    const read = readAddress(method, url, this.#pathPrefix);
    if ("binary" in read) {
      this.#amf.answer(request, response, read.binary.keyed, address);
      return;
    }
    void this.#reply(request, read, address).then((reply) => {
      const body = JSON.stringify(reply.body);
      const fields = [...headersFor(request, reply), "Content-Length", `${Buffer.byteLength(body)}`];
      fields.push(requestIdHeader, currentRequestId());
      if (reply.retryAfter !== undefined) fields.push("Retry-After", `${reply.retryAfter}`);
      // What is left of a body that was too large is not read.
      if (!request.complete) fields.push("Connection", "close");
      response.writeHead(reply.status, fields);
      response.end(body);
    });
  }

  async #reply(
    request: IncomingMessage,
    read: Exclude<ReadAddress, { readonly binary: unknown }>,
    clientAddress: string,
  ): Promise<Reply> {
    if ("fault" in read) return reply(say(read.fault === "unknown" ? faults.routeUnknown : faults.malformedRequest));
    const { address } = read;
    const answer = await this.#calls.attempt(address.name, () => this.#replyTo(request, address, clientAddress));
    return "said" in answer ? reply(answer) : answer;
  }

  async #replyTo(request: IncomingMessage, to: Address, address: string): Promise<Reply | SaidFault> {
    const application = await this.#calls.identify(to.name, to.keyed, request.headers.host);
    if ("said" in application) return application;
    const { allowedOrigins } = application;
    const body = isTooLong(request) ? "tooLarge" : await readBody(request, bodyBytesAtMost);
    if (typeof body === "string") return { ...reply(say(unread[body])), allowedOrigins };
    const meant = meantBy(to, body);
    const asked = { application, address, origin: request.headers.origin, token: tokenOf(request) };
    const answer = await this.#calls.attempt(meant.name, () => this.#answer(meant.name, asked, meant, body));
    return { ...("said" in answer ? reply(answer) : answer), allowedOrigins };
  }

  async #answer<C extends CallName>(
    name: C,
    asked: Omit<AskedCall<C>, "name" | "input">,
    to: Address,
    body: Buffer,
  ): Promise<Reply | SaidFault> {
    const answer = await this.#calls.answer({ ...asked, name, input: () => inputOf(calls[name], to, body) });
    if ("said" in answer) return answer;
    return { status: 200, body: answer.output === undefined ? null : results[name](answer.output, asked.application) };
  }
}

/** A client that has gone in the middle of its body reads no answer. */
const unread = { tooLarge: faults.requestTooLarge, gone: faults.malformedRequest };

/** US-HTTP-8. */
function headersFor({ headers: { origin } }: IncomingMessage, { allowedOrigins = [] }: Reply): readonly string[] {
  if (allowedOrigins.length === 0) return headerFields;
  const isAllowed = origin !== undefined && allowedOrigins.includes(origin);
  return isAllowed ? [...headerFieldsOfSome, "Access-Control-Allow-Origin", origin] : headerFieldsOfSome;
}

/** Whoever saves an object that has an id updates it (US-TABLE-6). */
function meantBy(to: Address, body: Buffer): Address {
  const objectId = to.name === "save" ? parseBody(body)?.["objectId"] : undefined;
  return typeof objectId === "string" && objectId !== ""
    ? { ...to, name: "updateById", values: { accountId: objectId } }
    : to;
}

function inputOf(call: Call, { values, query }: Address, body: Buffer) {
  const given = { ...values, ...(call.query && { query }) };
  if (call.body === undefined) return { given };
  const fields = parseBody(body);
  if (call.body === "fields") return fields ? { given: { ...fields, ...given } } : { fault: faults.malformedRequest };
  // Whether it has to be an object at all is looked at where its members are.
  return { given: { ...given, [call.body]: fields } };
}

function tokenOf({ headers: { "user-token": token } }: IncomingMessage): string {
  return typeof token === "string" ? token : "";
}

function reply({ status, said, retryAfter }: SaidFault): Reply {
  return { status, body: said, retryAfter };
}
