import type { OutputOf } from "@latchkey/protocol";
import { fields, table } from "./layout.ts";
import { readableInstant } from "./spans.ts";

type Application = OutputOf<"showApplication">["application"];

/** An application with the keys that may be shown; where the BL key is among them, that is the only time. */
export function applicationText(application: Application): string {
  const { name, id, version, websocketApiKey, apiKeys, createdAt, pausedAt } = application;
  return fields({
    Application: name,
    Id: id,
    Version: version,
    "WebSocket key": websocketApiKey,
    ...Object.fromEntries(Object.entries(apiKeys).map(([kind, key]) => [`${kind} key`, keyText(kind, key)])),
    Created: readableInstant(createdAt),
    Paused: pausedAt === undefined ? undefined : readableInstant(pausedAt),
  });
}

export function applicationTable(applications: readonly Application[]): string {
  return table(
    ["NAME", "VERSION", "CREATED", "ID"],
    applications.map(({ name, version, createdAt, id }) => [name, version, readableInstant(createdAt), id]),
  );
}

export function settingsText(settings: Application["settings"]): string {
  const texts = Object.entries(settings).map(([name, value]): [string, string] => [name, String(value ?? "unlimited")]);
  return fields(Object.fromEntries(texts));
}

function keyText(kind: string, key: string): string {
  return kind === "BL" ? `${key}  (keep it: it is not shown again)` : key;
}
