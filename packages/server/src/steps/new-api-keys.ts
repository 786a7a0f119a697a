import type { KeyKind } from "@latchkey/protocol";
import { keyKinds } from "@latchkey/protocol";
import { newToken, sha256 } from "#crypto/tokens.ts";
import type { ApiKey } from "#storage/applications.ts";

/** A fresh key: as it is shown this once, and as it is kept (US-ADMIN-3). */
export function newApiKey(kind: KeyKind): { readonly shown: string; readonly stored: ApiKey } {
  const shown = newToken();
  return { shown, stored: { kind, keyHash: sha256(shown), key: kind === "BL" ? null : shown } };
}

/** One of each kind. */
export function newApiKeys(): { readonly shown: Partial<Record<KeyKind, string>>; readonly stored: ApiKey[] } {
  const keys = keyKinds.map((kind) => [kind, newApiKey(kind)] as const);
  return {
    shown: Object.fromEntries(keys.map(([kind, { shown }]) => [kind, shown])),
    stored: keys.map(([, { stored }]) => stored),
  };
}
