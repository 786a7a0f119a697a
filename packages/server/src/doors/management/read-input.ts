import type { IncomingMessage } from "node:http";
import {
  definitionOf,
  isInQuery,
  isWithinBounds,
  readRoute,
  requestProblems,
  type RoutedName,
} from "@latchkey/protocol";
import { readBody } from "../read-body.ts";
import { findStrangers } from "./find-strangers.ts";
import { readQuery } from "./read-query.ts";
import type { SaidProblem } from "./say.ts";
import { contentFieldOf } from "./schema-parts.ts";

const bodyBytesAtMost = 1_048_576;

type Fields = Readonly<Record<string, unknown>>;
type Read = { readonly fields: Fields } | { readonly problem: SaidProblem };

/** What an operation is given: the fields of the path, and those of the query or of the body (MG-HTTP-1, 2). */
export async function readInput(
  request: IncomingMessage,
  name: RoutedName,
  values: Readonly<Record<string, string>>,
  query: URLSearchParams,
): Promise<Read> {
  const { input: schema, route = "" } = definitionOf(name);
  const { method } = readRoute(route);
  const contentField = contentFieldOf(schema);
  const isBodyless = isInQuery(method) || contentField !== undefined;
  const read: Read = isBodyless ? { fields: readQuery(schema, query) } : await readJson(request, query);
  if ("problem" in read) return read;
  const doubled = Object.keys(read.fields).filter((field) => Object.hasOwn(values, field) || field === contentField);
  const fields = { ...read.fields, ...values };
  const unknown = findStrangers(schema, fields);
  const errors = [
    ...unknown.map((field) => ({ field, message: "is not known here" })),
    ...doubled.map((field) => ({ field, message: "has its place elsewhere in the request" })),
  ];
  if (errors.length > 0) return { problem: malformed(errors) };
  return { fields: contentField === undefined ? fields : { ...fields, [contentField]: request } };
}

async function readJson(request: IncomingMessage, query: URLSearchParams): Promise<Read> {
  const body = await readBody(request, bodyBytesAtMost);
  if (body === "tooLarge") return { problem: { ...requestProblems.requestTooLarge, code: "requestTooLarge" } };
  const unread = Array.from(query.keys(), (field) => ({ field, message: "belongs in the body" }));
  if (unread.length > 0) return { problem: malformed(unread) };
  const fields = body === "gone" ? undefined : parse(body);
  return fields ? { fields } : { problem: malformed([{ field: "", message: "the body must be a JSON object" }]) };
}

/** No body is an empty object. */
function parse(body: Buffer): Fields | undefined {
  if (body.length === 0) return {};
  try {
    const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
    return isRecord(value) && isWithinBounds(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function malformed(errors: NonNullable<SaidProblem["errors"]>): SaidProblem {
  return { ...requestProblems.requestMalformed, code: "requestMalformed", errors };
}
