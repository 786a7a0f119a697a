import type { Scope } from "@latchkey/protocol";

export interface ResourceScopes {
  readonly resource: string;
  readonly scopes: readonly { readonly scope: Scope; readonly verb: string }[];
}

/** `licenses: read, create …`, in the order that they come in. */
export function scopesByResource(scopes: readonly Scope[]): readonly ResourceScopes[] {
  const grouped = Map.groupBy(scopes, (scope) => scope.slice(0, scope.indexOf(":")));
  return [...grouped].map(([resource, within]) => ({
    resource,
    scopes: within.map((scope) => ({ scope, verb: scope.slice(resource.length + 1) })),
  }));
}
