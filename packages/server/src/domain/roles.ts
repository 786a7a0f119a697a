import { codePoints, type KeyKind, roleOfKey } from "@latchkey/protocol";

const rolesOfUsers = ["NotAuthenticatedUser", "AuthenticatedUser"] as const;
const rolesOfProviders = ["SocialUser", "FacebookUser", "GooglePlusUser", "TwitterUser"] as const;
const systemNames = new Set<string>([...rolesOfUsers, ...rolesOfProviders, ...Object.values(roleOfKey)]);

const roleNameAtMost = 64;

/** Sessions that were opened through these have a role of their own. */
const roleOfProvider = new Map([
  ["facebook", "FacebookUser"],
  ["google", "GooglePlusUser"],
  ["googleplus", "GooglePlusUser"],
  ["twitter", "TwitterUser"],
]);

function socialRoles(provider: string | undefined): string[] {
  if (provider === undefined) return [];
  const role = roleOfProvider.get(provider);
  return role === undefined ? ["SocialUser"] : ["SocialUser", role];
}

/**
 * Computed for each call and never stored (user service §5.7): the key's role, whether a user is behind the call, and the provider that the user has come through.
 */
export function systemRoles(keyKind: KeyKind | undefined, hasUser: boolean, provider?: string): string[] {
  const ofKey = keyKind ? [roleOfKey[keyKind]] : [];
  if (hasUser) return [...ofKey, "AuthenticatedUser", ...socialRoles(provider)];
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
