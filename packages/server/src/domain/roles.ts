import { type KeyKind, roleOfKey } from "@latchkey/protocol";

/** Computed for each call and never stored (user service §5.7): the key's role, and whether a user is behind the call. */
export function systemRoles(keyKind: KeyKind | undefined, hasUser: boolean): string[] {
  const ofKey = keyKind ? [roleOfKey[keyKind]] : [];
  if (hasUser) return [...ofKey, "AuthenticatedUser"];
  return keyKind === "BL" ? ofKey : [...ofKey, "NotAuthenticatedUser"];
}
