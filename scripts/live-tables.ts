import {
  afterClose,
  applicationSettings,
  CloseCode,
  closeNotes,
  closeReason,
  eventNotes,
  events,
  limits,
  type ServerEvent,
  Status,
  statusName,
  statusNotes,
} from "@latchkey/protocol";
import { settings, type SettingName } from "@latchkey/server";
import { snakeCase } from "./packets.ts";

type Row = readonly (string | number)[];

export function table(head: Row, rows: readonly Row[]): string {
  const line = (cells: Row) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

export function code(text: string | number): string {
  return `\`${text}\``;
}

export function statusesTable(): string {
  const rows = Object.entries(Status).map(([name, status]) => [
    status,
    code(statusName(status)),
    code(`Status.${name}`),
    statusNotes[status],
  ]);
  return table(["status", "name", "in the SDK", "who, when, what to do"], rows);
}

export function closeCodesTable(): string {
  const rows = Object.entries(CloseCode).map(([name, number]) => {
    const reason = closeReason[number];
    return [
      number,
      code(`CloseCode.${name}`),
      reason ? code(reason) : "–",
      afterwards[afterClose(number)],
      closeNotes[number],
    ];
  });
  return table(["code", "in the SDK", "reason text", "afterwards", "who, when, what to do"], rows);
}

const afterwards = { resume: "resume", startOver: "start over", stop: "stop" } as const;

export function eventsTable(): string {
  const rows = Object.entries<ServerEvent>(events).map(([name, { type, content = [], close, clears }]) => [
    type,
    code(snakeCase(name)),
    content.map((field) => code(snakeCase(field))).join(", ") || "–",
    close === undefined ? (clears ? "authorization cleared" : "none") : `the event, then close ${close}`,
    new Map<string, string>(Object.entries(eventNotes)).get(name) ?? "",
  ]);
  return table(["event", "name", "content", "effect on the session", "meaning"], rows);
}

/** In code points, but for what names its unit. */
export function limitsTable(): string {
  const rows = Object.entries(limits).flatMap(([name, limit]) => {
    if (typeof limit === "number") return [[code(name), limit]];
    return [
      [
        code(name),
        Object.entries(limit)
          .map(([what, amount]) => `${what} ${amount}`)
          .join(", "),
      ],
    ];
  });
  return table(["limit", "code points, unless it says otherwise"], rows);
}

/** Of the server's settings those that no client can notice are left out. */
const unnoticed: ReadonlySet<SettingName> = new Set<SettingName>([
  "data",
  "database",
  "databaseConnections",
  "host",
  "port",
  "tlsCertificate",
  "tlsKey",
  "pathPrefix",
  "hashMemory",
  "hashPasses",
  "hashLanes",
  "hashConcurrency",
  "hashWaiting",
]);

export function serverSettingsTable(): string {
  const rows = Object.entries(settings)
    .filter(([name]) => ![...unnoticed].some((one) => one === name))
    .map(([name, setting]) => [code(name), defaultOf(name, setting), setting.about]);
  return table(["setting", "default", "what it is"], rows);
}

function defaultOf(name: string, setting: { readonly default: unknown; readonly unit?: "ms" }): string {
  // Of the machine that generates this page, and no default of anybody else's.
  if (name === "location") return "the host's name";
  if (setting.unit) return `${Number(setting.default) / 1000} s`;
  return Array.isArray(setting.default) ? "none" : String(setting.default);
}

export function applicationSettingsTable(): string {
  const rows = Object.entries(applicationSettings.entries).map(([name, { default: value }]) => [
    code(name),
    value === null ? "no limit" : code(String(value)),
  ]);
  return table(["setting", "default"], rows);
}
