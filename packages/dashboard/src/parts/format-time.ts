import { texts } from "#texts/texts.ts";

const units = [
  ["year", 31_557_600_000],
  ["month", 2_629_800_000],
  ["week", 604_800_000],
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
] as const;
const justNowMs = 45_000;

const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
const exact = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });

/** `in 3 days`, `2 hours ago`. */
export function relativeTime(at: number, now: number): string {
  const difference = at - now;
  const size = Math.abs(difference);
  if (size < justNowMs) return texts.general.time.justNow;
  const [unit, ms] = units.find(([, unitMs]) => size >= unitMs) ?? ["minute", 60_000];
  return relative.format(Math.round(difference / ms), unit);
}

export function exactTime(at: number): string {
  return exact.format(at);
}

/** `30 days`, `1 year`: in the largest unit that says it exactly. */
export function spanText(ms: number): string {
  const [unit, unitMs] = units.find(([name, size]) => name !== "year" && name !== "month" && ms % size === 0) ?? [
    "second",
    1000,
  ];
  const amount = unit === "week" ? ms / 86_400_000 : ms / unitMs;
  const shown = unit === "week" ? "day" : unit;
  return new Intl.NumberFormat("en", { style: "unit", unit: shown, unitDisplay: "long" }).format(amount);
}
