import {
  accountShape,
  applicationSettings,
  applicationShape,
  columnShape,
  definitionOf,
  isInQuery,
  isRouted,
  licenseShape,
  type Operation,
  operationNames,
  type Problem,
  problemOf,
  readRoute,
  type RoutedName,
} from "@latchkey/protocol";
import { type JsonSchema, toJsonSchema } from "@valibot/to-json-schema";
import * as v from "valibot";
import { contentFieldOf } from "./schema-parts.ts";

type Document = Readonly<Record<string, unknown>>;

const problemSchema = {
  type: "object",
  required: ["type", "title", "status", "code"],
  properties: {
    type: { type: "string", format: "uri" },
    title: { type: "string" },
    status: { type: "integer" },
    code: { type: "string", description: "stable; of a refusal, its name" },
    requestId: { type: "string", description: "what the server's log has it under" },
    errors: {
      type: "array",
      items: {
        type: "object",
        required: ["field", "message"],
        properties: { field: { type: "string" }, message: { type: "string" } },
      },
    },
  },
};

/** What several operations speak of: described once, and named elsewhere. */
const shapes = {
  Account: accountShape,
  Application: applicationShape,
  ApplicationSettings: applicationSettings,
  Column: columnShape,
  License: licenseShape,
};

const headerParameters = {
  ifMatch: headerParameter("If-Match", "the ETag of the record as it was seen: done only if it is still the same"),
  idempotencyKey: headerParameter(
    "Idempotency-Key",
    "names this request, so that it is done once however often it is sent",
  ),
  reason: headerParameter("Latchkey-Reason", "why, in percent-encoded UTF-8: for the audit log"),
};

let document: Document | undefined;

/** This door in OpenAPI 3.1, made of the very schemas that validate its requests. */
export function openApiDocument(): Document {
  return (document ??= makeDocument());
}

function makeDocument(): Document {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const name of operationNames.filter(isRouted)) {
    const { method, path } = readRoute(definitionOf(name).route ?? "");
    paths[path] = { ...paths[path], [method.toLowerCase()]: describe(name) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Latchkey management API",
      version: "1",
      description: "Applications, licenses, accounts and live sessions, for operators and their programs.",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: "/" }],
    security: [{ managementKey: [] }, { operatorCookie: [] }],
    paths,
    components: {
      securitySchemes: {
        managementKey: { type: "http", scheme: "bearer", description: "lk_mgmt_<public id>_<secret>" },
        operatorCookie: { type: "apiKey", in: "cookie", name: "__Host-latchkey-operator" },
      },
      schemas: { Problem: problemSchema, ...shapeSchemas() },
    },
  };
}

function describe(name: RoutedName): Document {
  const definition = definitionOf(name);
  const { method, path } = readRoute(definition.route ?? "");
  const input = schemaOf(definition.input, "input");
  const inPath = Array.from(path.matchAll(/\{(\w+)\}/g), ([, field = ""]) => field);
  const contentField = contentFieldOf(definition.input);
  const rest = without(input, contentField === undefined ? inPath : [...inPath, contentField]);
  const isBodyless = isInQuery(method) || contentField !== undefined;
  const isCreating = method === "POST" && definition.gate.endsWith(":create");
  return {
    operationId: name,
    summary: sentence(name),
    tags: [definition.gate.split(":")[0]],
    ...(definition.gate === "open" ? { security: [] } : { "x-scope": definition.gate }),
    parameters: [
      ...inPath.map((field) => ({ name: field, in: "path", required: true, schema: input.properties?.[field] ?? {} })),
      ...(isBodyless ? queryParameters(rest) : []),
      ...(definition.conditional ? [headerParameters.ifMatch] : []),
      ...(isCreating ? [headerParameters.idempotencyKey] : []),
      ...(isInQuery(method) && method === "GET" ? [] : [headerParameters.reason]),
    ],
    ...(contentField !== undefined && { requestBody: { required: true, content: { "application/octet-stream": {} } } }),
    ...(!isBodyless && {
      requestBody: { required: (rest.required ?? []).length > 0, content: { "application/json": { schema: rest } } },
    }),
    responses: {
      [isCreating ? "201" : "200"]: {
        description: "done",
        content: { "application/json": { schema: withoutCarried(schemaOf(definition.output, "output")) } },
      },
      ...refusals(definition),
      default: problem("any other mistake or failure"),
    },
  };
}

/** By status, since that is how responses are told apart; the codes are named. */
function refusals({ refuses }: Operation): Document {
  const byStatus = new Map<number, string[]>();
  const said = new Map<string, Problem>(Object.entries(problemOf));
  for (const refusal of refuses) {
    const status = said.get(refusal)?.status;
    if (status !== undefined) byStatus.set(status, [...(byStatus.get(status) ?? []), refusal]);
  }
  return Object.fromEntries([...byStatus].map(([status, codes]) => [status, problem(codes.sort().join(", "))]));
}

function problem(description: string) {
  const schema = { $ref: "#/components/schemas/Problem" };
  return { description, content: { "application/problem+json": { schema } } };
}

function queryParameters({ properties = {}, required = [] }: JsonSchema) {
  return Object.entries(properties).map(([field, schema]) => ({
    name: field,
    in: "query",
    required: required.includes(field),
    schema,
  }));
}

function without(schema: JsonSchema, fields: readonly string[]): JsonSchema {
  const { properties = {}, required = [], ...rest } = schema;
  const kept = Object.entries(properties).filter(([field]) => !fields.includes(field));
  return {
    ...rest,
    properties: Object.fromEntries(kept),
    required: required.filter((field) => !fields.includes(field)),
    // MG-HTTP-2.
    additionalProperties: false,
  };
}

/** What the door carries in the cookie is in no body (MG-SIGN-4). */
function withoutCarried(schema: JsonSchema): JsonSchema {
  return schema.properties?.["sessionSecret"] === undefined ? schema : without(schema, ["sessionSecret"]);
}

/** Checks that JSON Schema cannot say are left to the server. */
function schemaOf(schema: v.GenericSchema, typeMode: "input" | "output"): JsonSchema {
  const { $schema: _, $defs: __, ...shape } = toJsonSchema(schema, { ...how, typeMode });
  return shape;
}

const how = {
  errorMode: "ignore",
  definitions: shapes,
  overrideRef: ({ referenceId }: { readonly referenceId: string }) => `#/components/schemas/${referenceId}`,
} as const;

/** Each of them by itself, with references to the others. */
function shapeSchemas(): Document {
  const { $defs = {} } = toJsonSchema(v.object(shapes), { ...how, typeMode: "output" });
  return $defs;
}

/** `pauseLicense`: "Pause license". */
function sentence(name: string): string {
  const words = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function headerParameter(name: string, description: string) {
  return { name, in: "header", required: false, description, schema: { type: "string" } };
}
