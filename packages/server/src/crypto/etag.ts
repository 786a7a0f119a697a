import { hash } from "node:crypto";

/** Uses of a record, which change nothing that an operator decides. */
const uses = new Set([
  "lastUsedAt",
  "lastLoginAt",
  "lastSeenAt",
  "transferCount",
  "lastTransferredAt",
  "firstFailedAt",
]);

/** Names the state of a record by what an operator is shown of it (MG-ETAG-1). */
export function etagOf(output: unknown): string {
  const text = JSON.stringify(output, (key, value: unknown) => (uses.has(key) ? undefined : value));
  return `"${hash("sha256", text, "base64url").slice(0, 22)}"`;
}
