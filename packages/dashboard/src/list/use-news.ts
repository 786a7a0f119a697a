import { useState } from "react";
import { type News, newsAfter } from "./news.ts";

/** How often each row has changed since the list `about` was opened; `idOf` and `saysOf` are constants. */
export function useNews<Row>(
  about: string,
  rows: readonly Row[],
  idOf: (row: Row) => string,
  saysOf: (row: Row) => string,
): ReadonlyMap<string, number> {
  const [looked, setLooked] = useState<{ readonly rows: readonly Row[]; readonly news: News }>();
  if (looked?.rows === rows && looked.news.about === about) return looked.news.counts;
  const says = new Map(rows.map((row) => [idOf(row), saysOf(row)]));
  const news = newsAfter(looked?.news, about, says);
  setLooked({ rows, news });
  return news.counts;
}
