/** Everything that an operator or a management key can be allowed, by resource. */
const resources = {
  applications: ["create", "read", "update", "delete"],
  /** `export` is more than reading: it gives away the hashes of their passwords. */
  accounts: ["create", "read", "update", "delete", "export"],
  licenses: ["create", "read", "update", "delete"],
  roles: ["create", "read", "update", "delete"],
  sessions: ["read", "disconnect"],
  variables: ["read", "update", "delete"],
  blacklists: ["read", "update", "delete"],
  files: ["upload", "read", "delete"],
  webhooks: ["create", "read", "update", "delete"],
  operators: ["create", "read", "update", "delete"],
  keys: ["create", "read", "delete"],
  audit: ["read"],
  metrics: ["read"],
} as const;

type Resources = typeof resources;

export type Scope = { [R in keyof Resources]: `${R}:${Resources[R][number]}` }[keyof Resources];

export const scopes: readonly Scope[] = Object.entries(resources).flatMap(([resource, verbs]) =>
  // eslint-disable-next-line @typescript-eslint/consistent-type-assertions -- composed of the table above
  verbs.map((verb) => `${resource}:${verb}` as Scope),
);

export function isScope(text: string): text is Scope {
  return scopes.some((scope) => scope === text);
}
