const units = ["B", "KiB", "MiB", "GiB", "TiB"] as const;

/** `12.3 MiB`. */
export function byteText(bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
  const amount = bytes / 1024 ** power;
  return `${amount.toLocaleString("en", { maximumFractionDigits: amount < 100 && power > 0 ? 1 : 0 })} ${units[power] ?? ""}`;
}
