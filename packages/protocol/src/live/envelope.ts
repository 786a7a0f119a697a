import type { OperationName, PacketName } from "../operations.ts";
import { definitionOf } from "../operations.ts";
import { CloseCode } from "./close-codes.ts";
import { packetTypes } from "./packet-types.ts";

/** An unsigned 64-bit integer: a number where it is safe, a bigint above 2^53−1 (LP-ENV-2). */
export type RequestId = number | bigint;

/** The id that every server event carries; refused from clients. */
export const eventId = 18446744073709551615n;

export interface Packet {
  readonly type: number;
  readonly id: RequestId;
  /** The whole frame as parsed; the operation's schema picks what it declares. */
  readonly body: Readonly<Record<string, unknown>>;
}

export type ParsedFrame = { readonly packet: Packet } | { readonly close: CloseCode };

/** Reads one text frame from a client: a packet, or the code to close with. Never throws. */
export function parseFrame(frame: string): ParsedFrame {
  const body = parseObject(frame);
  if (!body) return { close: CloseCode.InvalidEnvelope };
  const id = readInteger(frame, body, "id");
  const type = readInteger(frame, body, "type");
  if (id === undefined || type === undefined) return { close: CloseCode.InvalidEnvelope };
  if (id === eventId) return { close: CloseCode.InvalidBody };
  // A number that no operation can have stays a number: only `id` is echoed exactly.
  return { packet: { type: Number(type), id, body } };
}

function parseObject(frame: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(frame);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function readInteger(frame: string, body: Record<string, unknown>, key: "id" | "type"): RequestId | undefined {
  const value = Object.hasOwn(body, key) ? body[key] : undefined;
  if (typeof value !== "number" || value < 0 || !Number.isInteger(value)) return undefined;
  // Above 2^53−1 the parsed number has been rounded: its source text has not.
  return Number.isSafeInteger(value) ? value : readLargeInteger(frame, key);
}

function readLargeInteger(frame: string, key: string): bigint | undefined {
  const keepSource = (name: string, value: unknown, context?: { readonly source?: string }) =>
    name === key && context?.source && /^[0-9]{1,20}$/.test(context.source) ? BigInt(context.source) : value;
  const body: unknown = JSON.parse(frame, keepSource);
  const value = isRecord(body) ? body[key] : undefined;
  return typeof value === "bigint" && value <= eventId ? value : undefined;
}

interface Field {
  readonly name: string;
  readonly wireName: string;
  /** Of a list of objects: their fields. */
  readonly items?: readonly Field[];
}

interface Fields {
  readonly input: readonly Field[];
  readonly output: readonly Field[];
}

const fieldsByOperation = new Map<OperationName, Fields>();

/** The declared fields of an operation with their names on the wire, worked out once per operation. */
export function fieldsOf(name: OperationName): Fields {
  let fields = fieldsByOperation.get(name);
  if (!fields) {
    const definition = definitionOf(name);
    fields = { input: fieldsOfSchema(definition.input), output: fieldsOfSchema(definition.output) };
    fieldsByOperation.set(name, fields);
  }
  return fields;
}

function fieldsOfSchema(schema: object): Field[] {
  const entries = "entries" in schema && isRecord(schema.entries) ? schema.entries : {};
  return Object.entries(entries).map(([name, entry]) => {
    const items = isRecord(entry) && isRecord(entry["item"]) ? fieldsOfSchema(entry["item"]) : [];
    return { name, wireName: snakeCase(name), ...(items.length > 0 && { items }) };
  });
}

/** `clientId` → `client_id`: how declared names look on the wire. */
export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function camelCase(wireName: string): string {
  return wireName.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** The declared fields that a request carries, under their own names; the rest is ignored (LP-ENV-5). */
export function inputOf(name: OperationName, body: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return rename(fieldsOf(name).input, body, "wireName", "name");
}

// The client's two directions go by the names as they are: an SDK that carried the schemas would be twice its size.

/** The fields of an answer under their own names, also those that this version does not declare. */
export function outputOf(body: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(body).map(([wireName, value]) => [camelCase(wireName), value]));
}

export function encodeRequest(name: PacketName, id: number, input: object): string {
  const fields = Object.fromEntries(Object.entries(input).map(([own, value]) => [snakeCase(own), value]));
  return JSON.stringify({ type: packetTypes[name], id, ...fields });
}

/** An answer frame: the id exactly as it came, the fields that are present, the status last (LP-ENV-1, 4). */
export function encodeAnswer(name: OperationName, id: RequestId, status: number, output: object | undefined): string {
  const fields = output ? rename(fieldsOf(name).output, { ...output }, "name", "wireName") : {};
  const rest = JSON.stringify({ ...fields, status });
  return `{"id":${id},${rest.slice(1)}`;
}

function rename(
  fields: readonly Field[],
  from: Readonly<Record<string, unknown>>,
  read: "name" | "wireName",
  write: "name" | "wireName",
): Record<string, unknown> {
  const to: Record<string, unknown> = {};
  for (const field of fields) {
    const value = Object.hasOwn(from, field[read]) ? from[field[read]] : undefined;
    if (value === undefined) continue;
    const { items } = field;
    to[field[write]] =
      items && Array.isArray(value)
        ? value.map((item: unknown) => (isRecord(item) ? rename(items, item, read, write) : item))
        : value;
  }
  return to;
}
