const places = { setUp: "set-up", invitation: "invitation", passwordReset: "password-reset" } as const;

/** Where the dashboard opens a link, below its address. The secret is in the fragment, which no server is told. */
export function linkPath(kind: keyof typeof places, secret: string): string {
  return `/#/${places[kind]}/${secret}`;
}
