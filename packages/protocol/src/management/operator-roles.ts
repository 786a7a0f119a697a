import { type Scope, scopes } from "./scopes.ts";

export const operatorRoles = ["owner", "admin", "support", "read-only"] as const;
export type OperatorRole = (typeof operatorRoles)[number];

/** What an operator of each role may do. Only an owner deals with operators (MG-OP-2). */
export const scopesOfRole: Readonly<Record<OperatorRole, readonly Scope[]>> = {
  owner: scopes,
  admin: scopes.filter((scope) => !scope.startsWith("operators:")),
  support: [
    "applications:read",
    "accounts:read",
    "accounts:update",
    "licenses:read",
    "licenses:create",
    "licenses:update",
    "roles:read",
    "sessions:read",
    "sessions:disconnect",
    "variables:read",
    "blacklists:read",
    "blacklists:update",
    "files:read",
    "metrics:read",
  ],
  "read-only": scopes.filter((scope) => scope.endsWith(":read") && !/^(operators|keys):/.test(scope)),
};
