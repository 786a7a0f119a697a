export const transferFormats = ["jsonl", "csv"] as const;
export type TransferFormat = (typeof transferFormats)[number];

export function formatOf(path: string): TransferFormat {
  return /\.csv$/i.test(path) ? "csv" : "jsonl";
}
