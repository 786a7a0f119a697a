import type { ApplicationSettings, KeyKind, OutputOf } from "@latchkey/protocol";
import type { Application } from "#storage/tables.ts";

/** An application as the operator sees it, with the keys that may be shown. */
export function applicationOutput(
  application: Omit<Application, "accountCount">,
  settings: ApplicationSettings,
  apiKeys: Partial<Record<KeyKind, string>>,
): OutputOf<"showApplication">["application"] {
  const { id, name, version, websocketApiKey, createdAt, pausedAt } = application;
  return { id, name, version, websocketApiKey, apiKeys, settings, createdAt, ...(pausedAt !== null && { pausedAt }) };
}
