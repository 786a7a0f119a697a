import type { KeyKind } from "@latchkey/protocol";
import { keyKinds } from "@latchkey/protocol";
import { newToken, sha256 } from "#crypto/tokens.ts";
import type { ApiKey } from "#storage/applications.ts";

/** One fresh key of each kind: as it is shown this once, and as it is kept (US-ADMIN-3). */
export function newApiKeys(): { readonly shown: Partial<Record<KeyKind, string>>; readonly stored: ApiKey[] } {
  const pairs = keyKinds.map((kind) => [kind, newToken()] as const);
  return {
    shown: Object.fromEntries(pairs),
    stored: pairs.map(([kind, key]) => ({ kind, keyHash: sha256(key), key: kind === "BL" ? null : key })),
  };
}
