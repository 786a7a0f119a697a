const mask = "***";

/** A database's URL without the password in it, for people and for the log. */
export function masked(url: string): string {
  if (url === "") return url;
  if (!URL.canParse(url)) return mask;
  const shown = new URL(url);
  if (shown.password) shown.password = mask;
  for (const name of [...shown.searchParams.keys()]) {
    if (/pass|key|secret/i.test(name)) shown.searchParams.set(name, mask);
  }
  return shown.href;
}
