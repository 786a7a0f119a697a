const browsers = [
  ["Edge", /\bEdg\//],
  ["Opera", /\bOPR\//],
  ["Firefox", /\bFirefox\//],
  ["Chrome", /\b(?:Headless)?Chrome\//],
  ["Safari", /\bSafari\//],
  ["curl", /^curl\//],
] as const;
const systems = [
  ["iOS", /\b(?:iPhone|iPad)\b/],
  ["Android", /\bAndroid\b/],
  ["Windows", /\bWindows\b/],
  ["macOS", /\bMac OS X\b/],
  ["Linux", /\bLinux\b/],
] as const;

/** What a user agent says in so many words: `Firefox, Linux`. The order matters: each imitates those after it. */
export function browserOf(userAgent: string): string | undefined {
  const found = [browsers, systems].map((kinds) => kinds.find(([, pattern]) => pattern.test(userAgent))?.[0]);
  const known = found.filter((name) => name !== undefined);
  return known.length === 0 ? undefined : known.join(", ");
}
