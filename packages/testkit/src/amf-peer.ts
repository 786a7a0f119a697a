import assert from "node:assert/strict";
import type { IncomingHttpHeaders } from "node:http";
import type { KeyKind } from "@latchkey/protocol";
import { type Said, sayAmf, understandAmf } from "./amf-words.ts";
import { RestPeer, userPassword } from "./rest-peer.ts";
import type { Product, TestServer } from "./test-server.ts";

const remotingMessage = "flex.messaging.messages.RemotingMessage";
const userService = "com.backendless.services.users.UserService";

export interface AmfAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
  /** Whom the message is for: `null/onResult` or `null/onStatus`. */
  readonly target: string;
  /** The message, with its class as `$class`. */
  readonly message: Readonly<Record<string, Said>>;
  /** What was answered; `undefined`: a fault was. */
  readonly body: Said | undefined;
  /** `faultCode` as it came; `undefined`: it is no fault. */
  readonly code: Said | undefined;
}

export interface AmfRequest {
  readonly token?: string;
  readonly source?: string;
  /** More members of the AMF headers. */
  readonly amfHeaders?: Readonly<Record<string, Said>>;
  /** HTTP headers. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** The message with which the Java SDK asks for an operation. */
export function amfMessage(operation: string, values: readonly Said[], request: AmfRequest = {}): Buffer {
  const { token, source = userService, amfHeaders } = request;
  const message = {
    $class: remotingMessage,
    timeToLive: 0,
    headers: {
      "api-version": "1.0",
      ...(token !== undefined && { "user-token": token }),
      "application-type": "ANDROID",
      ...amfHeaders,
    },
    clientId: null,
    destination: "GenericDestination",
    messageId: null,
    correlationId: null,
    source,
    body: values,
    operation,
    messageRefType: null,
    timestamp: 0,
  };
  const envelope = Buffer.from("00030000000100046e756c6c00046e756c6cffffffff11", "hex");
  return Buffer.concat([envelope, sayAmf([message])]);
}

/** A client of the user service that speaks AMF as the Java SDK does, and is stricter in what it accepts. */
export class AmfPeer {
  /** The same application and key by REST. */
  readonly rest: RestPeer;

  constructor(rest: RestPeer) {
    this.rest = rest;
  }

  static of(server: TestServer, product: Product, kind: KeyKind = "ANDROID"): AmfPeer {
    return new AmfPeer(RestPeer.of(server, product, kind));
  }

  call(operation: string, values: readonly Said[] = [], request: AmfRequest = {}): Promise<AmfAnswer> {
    return this.send(amfMessage(operation, values, request), request.headers);
  }

  async send(body: Buffer, headers: Readonly<Record<string, string>> = {}): Promise<AmfAnswer> {
    const sent = { "content-type": "application/x-amf", ...headers };
    return answerIn(await this.rest.request("POST", "/binary", { body, headers: sent }));
  }

  /** Opens a session; answers its token. */
  async login(login: string, password = userPassword): Promise<string> {
    const { body, message } = await this.call("login", [login, password]);
    const token = typeof body === "object" && body && "user-token" in body ? body["user-token"] : undefined;
    if (typeof token !== "string") throw new Error(`login came to ${JSON.stringify(message)}`);
    return token;
  }
}

/** Holds an answer against what each must be (US-AMF-30 to 34). */
export function answerIn({ status, headers, bytes }: Pick<AmfAnswer, "status" | "headers" | "bytes">): AmfAnswer {
  assert.equal(status, 200);
  assert.equal(headers["content-type"], "application/x-amf");
  assert.equal(headers["content-length"], `${bytes.length}`);
  assert.equal(bytes.subarray(0, 6).toString("hex"), "000300000001");
  const targetLength = bytes.readUInt16BE(6);
  const target = bytes.subarray(8, 8 + targetLength).toString();
  const rest = bytes.subarray(8 + targetLength);
  assert.equal(rest.subarray(0, 6).toString("hex"), "00046e756c6c");
  assert.equal(rest.readUInt32BE(6), rest.length - 10, "the length of the body");
  assert.equal(rest[10], 0x11);
  const message = understandAmf(rest.subarray(11)) as Record<string, Said>;
  if (target === "null/onResult") {
    assert.equal(message["$class"], "flex.messaging.messages.AcknowledgeMessage");
    assert.ok("body" in message, "an acknowledge without a body");
    return { status, headers, bytes, target, message, body: message["body"], code: undefined };
  }
  assert.equal(target, "null/onStatus");
  assert.equal(message["$class"], "flex.messaging.messages.ErrorMessage");
  const { faultCode, faultString, faultDetail, extendedData } = message;
  assert.deepEqual([typeof faultCode, typeof faultString, typeof faultDetail], ["string", "string", "string"]);
  assert.match(typeof faultCode === "string" ? faultCode : "", /^\d{4,5}$/);
  assert.ok(faultString !== "" && faultString === faultDetail);
  assert.ok(typeof extendedData === "object" && extendedData && !("$class" in extendedData));
  return { status, headers, bytes, target, message, body: undefined, code: faultCode };
}
