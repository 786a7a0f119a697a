// Writes what documents, golden files and the SDK take from the protocol's definitions; `--check` only compares.
import {
  CloseCode,
  closeInsteadOf,
  events,
  faults,
  Status,
  statusName,
  statusOf,
  webhookEventNames,
  webhookEvents,
} from "@latchkey/protocol";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openApiDocument } from "../packages/server/src/doors/management/openapi.ts";
import { asyncApiDocument } from "./asyncapi.ts";
import { bodyVectors } from "./body-vectors.ts";
import { clientSurface } from "./client-surface.ts";
import {
  applicationSettingsTable,
  closeCodesTable,
  code,
  eventsTable,
  limitsTable,
  serverSettingsTable,
  statusesTable,
  table,
} from "./live-tables.ts";
import { type PacketDefinition, packets, type Shape } from "./packets.ts";

const root = join(import.meta.dirname, "..");
const protocolDocument = "docs/PROTOCOL.md";
const webhooksDocument = "docs/WEBHOOKS.md";
const goldenFile = "conformance/codes.json";
const packetTypesFile = "packages/protocol/src/live/packet-types.ts";
const eventTypesFile = "packages/protocol/src/live/event-types.ts";

function webhookEventsTable(): string {
  return table(
    ["type", "what happened"],
    webhookEventNames.map((name) => [code(name), webhookEvents[name].about]),
  );
}

function operationsTable(): string {
  return table(
    ["type", "operation", "gate", "request fields (? optional)", "answer fields", "statuses"],
    packets.map((packet) => [
      packet.type,
      code(packet.wireName),
      // On this door an initialized session is what every caller behind `init` has.
      packet.definition.gate === "session" ? "init" : packet.definition.gate,
      fieldList(packet.input),
      fieldList(packet.output),
      statusesOf(packet).join(" "),
    ]),
  );
}

function fieldList({ properties = {}, required = [] }: Shape): string {
  const fields = Object.keys(properties).map((name) => (required.includes(name) ? code(name) : `${code(name)}?`));
  return fields.join(", ") || "–";
}

const statusByRefusal = new Map<string, Status>(Object.entries(statusOf));

function statusesOf({ name, definition }: PacketDefinition): Status[] {
  const refused = definition.refuses.flatMap((refusal) => {
    if (refusal in closeInsteadOf) return [];
    const status = statusByRefusal.get(refusal);
    if (status === undefined) throw new Error(`${name} refuses ${refusal}, which has no status`);
    return [status];
  });
  return [...new Set([Status.Ok, Status.InternalServerError, ...refused])].sort((a, b) => a - b);
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
    packets: Object.fromEntries(packets.map(({ wireName, type }) => [wireName, type])),
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
    if (from < 0 || to < from) throw new Error(`a document has no region ${start} … ${end}`);
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

function json(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function protocolVersion(): string {
  const manifest: unknown = JSON.parse(read("packages/protocol/package.json") ?? "");
  if (typeof manifest !== "object" || manifest === null || !("version" in manifest)) throw new Error("no version");
  return String(manifest.version);
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
    events: eventsTable(),
    limits: limitsTable(),
    "server-settings": serverSettingsTable(),
    "application-settings": applicationSettingsTable(),
  }),
  [webhooksDocument]: fillRegions(read(webhooksDocument) ?? "", { "webhook-events": webhookEventsTable() }),
  "docs/openapi.json": json(openApiDocument()),
  "docs/asyncapi.json": json(asyncApiDocument(protocolVersion(), statusesOf)),
  "conformance/bodies.json": json(bodyVectors()),
  [packetTypesFile]: packetTypesSource(),
  [eventTypesFile]: eventTypesSource(),
  "packages/client/api.d.ts": await clientSurface("index.ts"),
  "packages/client/api-sync.d.ts": await clientSurface("sync/index.ts", /^\.\.\//),
  [goldenFile]: json(numbers()),
};
const stale = Object.entries(generated).filter(([file, content]) => read(file) !== content);

if (!process.argv.includes("--check")) {
  for (const [file, content] of stale) writeFileSync(join(root, file), content);
  console.log(`written: ${stale.map(([file]) => file).join(", ") || "nothing, all files were up to date"}`);
} else if (stale.length > 0) {
  console.error(`stale, run npm run generate: ${stale.map(([file]) => file).join(", ")}`);
  process.exitCode = 1;
}
