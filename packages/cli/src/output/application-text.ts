import type { OutputOf } from "@latchkey/protocol";
import { fields } from "./layout.ts";
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

function keyText(kind: string, key: string): string {
  return kind === "BL" ? `${key}  (keep it: it is not shown again)` : key;
}
