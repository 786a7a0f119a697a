/** A host name as the `Host` header says it: lower case, in ASCII, without a port. `undefined`: it is none. */
export function hostName(given: string): string | undefined {
  const address = `http://${given.trim()}`;
  if (!URL.canParse(address)) return undefined;
  const { hostname, href } = new URL(address);
  return href === `http://${hostname}/` ? hostname : undefined;
}
