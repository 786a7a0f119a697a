import { texts } from "#texts/texts.ts";

const units = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
  ["second", 1000],
] as const;

/** `3 minutes`: about how long, in one unit. */
export function ageText(ms: number): string {
  const [unit, size] = units.find(([, each]) => ms >= each) ?? [];
  if (unit === undefined) return texts.health.lessThanSecond;
  return new Intl.NumberFormat("en", { style: "unit", unit, unitDisplay: "long" }).format(Math.floor(ms / size));
}
