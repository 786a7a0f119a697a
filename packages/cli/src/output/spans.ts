const units = [
  ["d", "D", 86_400_000],
  ["h", "H", 3_600_000],
  ["m", "M", 60_000],
  ["s", "S", 1000],
] as const;

/** An instant for people: to the second, in UTC. */
export function readableInstant(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}

/** A span of time for people: `30d`, `1d 12h`, `500ms`. */
export function readableDuration(ms: number): string {
  const { parts, restMs } = split(ms);
  const texts = parts.map(([unit, , count]) => `${count}${unit}`);
  if (restMs > 0 || texts.length === 0) texts.push(`${restMs}ms`);
  return texts.join(" ");
}

/** The same in ISO 8601: `P30D`, `P1DT12H`, `PT0.5S`. */
export function isoDuration(ms: number): string {
  const { parts, restMs } = split(ms);
  const count = (wanted: string) => parts.find(([, unit]) => unit === wanted)?.[2] ?? 0;
  const seconds = count("S") + restMs / 1000;
  const days = count("D") ? `${count("D")}D` : "";
  const time = `${count("H") ? `${count("H")}H` : ""}${count("M") ? `${count("M")}M` : ""}${seconds ? `${seconds}S` : ""}`;
  if (!days && !time) return "PT0S";
  return `P${days}${time && `T${time}`}`;
}

function split(ms: number) {
  const parts: (readonly [short: string, iso: string, count: number])[] = [];
  let restMs = ms;
  for (const [short, iso, unitMs] of units) {
    const count = Math.floor(restMs / unitMs);
    if (count > 0) parts.push([short, iso, count]);
    restMs %= unitMs;
  }
  return { parts, restMs };
}
