import type { SaidFault } from "../say.ts";
import { BytesReader, MalformedAmf } from "./bytes-reader.ts";
import { ValueReader } from "./value-reader.ts";
import { ValueWriter } from "./value-writer.ts";
import { AmfObject, isList, isMap, type ReadValue } from "./values.ts";

const version = 3;
const amf3Value = 0x11;
const remotingMessage = "flex.messaging.messages.RemotingMessage";

/** What a client asks for. */
export interface AmfRequest {
  /** The alias of a service, and the name of one of its operations. */
  readonly source: ReadValue;
  readonly operation: ReadValue;
  readonly values: readonly ReadValue[];
  /** Empty: there is none. */
  readonly token: string;
}

/** The request in the body of an HTTP request; `undefined`: there is none that can be understood (US-AMF-2, 3, 12). */
export function readRequest(body: Buffer): AmfRequest | undefined {
  try {
    return requestIn(new BytesReader(body));
  } catch (error) {
    if (error instanceof MalformedAmf) return undefined;
    throw error;
  }
}

function requestIn(bytes: BytesReader): AmfRequest | undefined {
  const [read, headerCount, bodyCount] = [bytes.u16(), bytes.u16(), bytes.u16()];
  if (read !== version || headerCount !== 0 || bodyCount !== 1) return undefined;
  // Target and response; clients have the text "null" for both, and send no length of the rest.
  bytes.text(bytes.u16());
  bytes.text(bytes.u16());
  bytes.u32();
  if (bytes.u8() !== amf3Value) return undefined;
  const reader = new ValueReader(bytes);
  const messages = reader.value();
  if (bytes.left > 0 || !isList(messages) || messages.length !== 1) return undefined;
  const [message = null] = messages;
  if (!isMap(message) || reader.classNames.get(message) !== remotingMessage) return undefined;
  const { source = null, operation = null, body = null, headers = null } = message;
  if (!isList(body) || !(headers === null || isMap(headers))) return undefined;
  const token = headers?.["user-token"] ?? null;
  if (token !== null && typeof token !== "string") return undefined;
  return { source, operation, values: body, token: token ?? "" };
}

/** The answer to a request that was granted (US-AMF-31, 32). */
export function writeResult(body: unknown): Buffer {
  return envelope("null/onResult", new AmfObject("flex.messaging.messages.AcknowledgeMessage", { body }));
}

/** The answer to a request that was not. The Java client breaks on a code that is no text (US-AMF-33, 34). */
export function writeFault({ code, message, errorData }: SaidFault["said"]): Buffer {
  return envelope(
    "null/onStatus",
    new AmfObject("flex.messaging.messages.ErrorMessage", {
      faultCode: `${code}`,
      faultString: message,
      faultDetail: message,
      extendedData: errorData,
    }),
  );
}

function envelope(target: string, message: AmfObject): Buffer {
  const writer = new ValueWriter();
  writer.value(message);
  const value = writer.bytes;
  const head = Buffer.concat([u16(version), u16(0), u16(1), text(target), text("null"), u32(value.length + 1)]);
  return Buffer.concat([head, Buffer.of(amf3Value), value]);
}

function text(value: string): Buffer {
  return Buffer.concat([u16(Buffer.byteLength(value)), Buffer.from(value)]);
}

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
