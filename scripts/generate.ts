// Writes what documents, golden files and the SDK take from the protocol's definitions; `--check` only compares.
import {
  CloseCode,
  closeInsteadOf,
  closeReason,
  definitionOf,
  events,
  faults,
  isPacketName,
  operationNames,
  operations,
  Status,
  statusName,
  statusOf,
  type Operation,
  type PacketName,
} from "@latchkey/protocol";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { clientSurface } from "./client-surface.ts";

const root = join(import.meta.dirname, "..");
const protocolDocument = "docs/PROTOCOL.md";
const goldenFile = "conformance/codes.json";
const packetTypesFile = "packages/protocol/src/live/packet-types.ts";
const eventTypesFile = "packages/protocol/src/live/event-types.ts";

type Row = readonly (string | number)[];

function table(head: Row, rows: readonly Row[]): string {
  const line = (cells: Row) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

function code(text: string): string {
  return `\`${text}\``;
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

const packets = operationNames
  .filter(isPacketName)
  .map((name) => ({ name, type: operations[name].type, definition: definitionOf(name) }))
  .sort((a, b) => a.type - b.type);

function operationsTable(): string {
  return table(
    ["type", "operation", "gate", "request fields (? optional)", "answer fields", "statuses"],
    packets.map(({ name, type, definition }) => [
      type,
      code(snakeCase(name)),
      // On this door an initialized session is what every caller behind `init` has.
      definition.gate === "session" ? "init" : definition.gate,
      fieldList(definition.input),
      fieldList(definition.output),
      statusesOf(name, definition).join(" "),
    ]),
  );
}

function fieldList(schema: Operation["input"]): string {
  const fields = Object.entries(entriesOf(schema)).map(([name, field]) =>
    isOptional(field) ? `${code(snakeCase(name))}?` : code(snakeCase(name)),
  );
  return fields.join(", ") || "–";
}

function entriesOf(schema: object): object {
  return "entries" in schema && typeof schema.entries === "object" ? (schema.entries ?? {}) : {};
}

function isOptional(field: unknown): boolean {
  return typeof field === "object" && field !== null && "type" in field && field.type === "exact_optional";
}

const statusByRefusal = new Map<string, number>(Object.entries(statusOf));

function statusesOf(name: PacketName, { refuses }: Operation): number[] {
  const refused = refuses.flatMap((refusal) => {
    if (refusal in closeInsteadOf) return [];
    const status = statusByRefusal.get(refusal);
    if (status === undefined) throw new Error(`${name} refuses ${refusal}, which has no status`);
    return [status];
  });
  return [...new Set([Status.Ok, Status.InternalServerError, ...refused])].sort((a, b) => a - b);
}

function statusesTable(): string {
  const rows = Object.entries(Status).map(([name, status]) => [
    status,
    code(statusName(status)),
    code(`Status.${name}`),
  ]);
  return table(["status", "name", "in the SDK"], rows);
}

function closeCodesTable(): string {
  const rows = Object.entries(CloseCode).map(([name, number]) => {
    const reason = closeReason[number];
    return [number, code(`CloseCode.${name}`), reason ? code(reason) : "–"];
  });
  return table(["code", "in the SDK", "reason text"], rows);
}

function packetTypesSource(): string {
  return [
    "// Written by `npm run generate`.",
    'import type { PacketName } from "../operations.ts";',
    "",
    "/** The packet numbers of the operations, for the SDK, which ships without their schemas. */",
    "export const packetTypes = {",
    ...packets.map(({ name, type }) => `  ${name}: ${type},`),
    "} as const satisfies Record<PacketName, number>;",
    "",
  ].join("\n");
}

function eventTypesSource(): string {
  return [
    "// Written by `npm run generate`.",
    'import type { EventName } from "./events.ts";',
    "",
    "/** The numbers of the server's events, for the SDK, which ships without what they mean to the server. */",
    "export const eventTypes = {",
    ...Object.entries(events).map(([name, { type }]) => `  ${name}: ${type},`),
    "} as const satisfies Record<EventName, number>;",
    "",
  ].join("\n");
}

function numbers() {
  return {
    packets: Object.fromEntries(packets.map(({ name, type }) => [snakeCase(name), type])),
    statuses: Object.fromEntries(Object.values(Status).map((status) => [statusName(status), status])),
    closeCodes: CloseCode,
    userServiceErrors: Object.fromEntries(Object.entries(faults).map(([name, fault]) => [name, fault.code])),
  };
}

function fillRegions(document: string, regions: Readonly<Record<string, string>>): string {
  let filled = document;
  for (const [name, content] of Object.entries(regions)) {
    const [start, end] = [`<!-- generated:${name} -->`, `<!-- /generated:${name} -->`];
    const [from, to] = [filled.indexOf(start), filled.indexOf(end)];
    if (from < 0 || to < from) throw new Error(`${protocolDocument} has no region ${start} … ${end}`);
    filled = `${filled.slice(0, from)}${start}\n\n${content}\n\n${filled.slice(to)}`;
  }
  return filled;
}

/** What the golden file has and the protocol has not: a number is never reused, so none may go or change. */
function lostNumbers(golden: unknown): string[] {
  const current = new Set(flat(numbers()));
  return flat(golden).filter((line) => !current.has(line));
}

function flat(value: unknown, path = ""): string[] {
  if (typeof value !== "object" || value === null) return [`${path.slice(1)} = ${String(value)}`];
  return Object.entries(value).flatMap(([name, inner]) => flat(inner, `${path}.${name}`));
}

function read(file: string): string | undefined {
  const path = join(root, file);
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
}

const golden = read(goldenFile);
const lost = golden === undefined ? [] : lostNumbers(JSON.parse(golden));
if (lost.length > 0) {
  console.error(`${goldenFile} has numbers that the protocol has lost or changed:\n  ${lost.join("\n  ")}`);
  process.exit(1);
}

const generated = {
  [protocolDocument]: fillRegions(read(protocolDocument) ?? "", {
    operations: operationsTable(),
    statuses: statusesTable(),
    "close-codes": closeCodesTable(),
  }),
  [packetTypesFile]: packetTypesSource(),
  [eventTypesFile]: eventTypesSource(),
  "packages/client/api.d.ts": await clientSurface("index.ts"),
  "packages/client/api-sync.d.ts": await clientSurface("sync/index.ts", /^\.\.\//),
  [goldenFile]: `${JSON.stringify(numbers(), null, 2)}\n`,
};
const stale = Object.entries(generated).filter(([file, content]) => read(file) !== content);

if (!process.argv.includes("--check")) {
  for (const [file, content] of stale) writeFileSync(join(root, file), content);
  console.log(`written: ${stale.map(([file]) => file).join(", ") || "nothing, all files were up to date"}`);
} else if (stale.length > 0) {
  console.error(`stale, run npm run generate: ${stale.map(([file]) => file).join(", ")}`);
  process.exitCode = 1;
}
