import { codePoints, type KeyKind, roleOfKey } from "@latchkey/protocol";

const rolesOfUsers = ["NotAuthenticatedUser", "AuthenticatedUser"] as const;
const rolesOfProviders = ["SocialUser", "FacebookUser", "GooglePlusUser", "TwitterUser"] as const;
const systemNames = new Set<string>([...rolesOfUsers, ...rolesOfProviders, ...Object.values(roleOfKey)]);

const roleNameAtMost = 64;

/** Computed for each call and never stored (user service §5.7): the key's role, and whether a user is behind the call. */
export function systemRoles(keyKind: KeyKind | undefined, hasUser: boolean): string[] {
  const ofKey = keyKind ? [roleOfKey[keyKind]] : [];
  if (hasUser) return [...ofKey, "AuthenticatedUser"];
  return keyKind === "BL" ? ofKey : [...ofKey, "NotAuthenticatedUser"];
}

export function isSystemRole(name: string): boolean {
  return systemNames.has(name);
}

/** US-ROLE-5. */
export function isRoleName(name: string): boolean {
  const length = codePoints(name);
  return length >= 1 && length <= roleNameAtMost;
}
