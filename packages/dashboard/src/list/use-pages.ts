import { useState } from "react";
import type { InputOf, RoutedName } from "@latchkey/protocol";
import { useFollowed } from "#api/use-followed.ts";

/** Operations that answer with one page of a list. */
export type ListName = {
  [N in RoutedName]: InputOf<N> extends { limit?: number; cursor?: string } ? N : never;
}[RoutedName];

export const pageSizes = ["25", "50", "100"] as const;
const sizeKey = "latchkey-rows-per-page";

export interface Paging {
  /** Counted from 1. */
  readonly page: number;
  readonly size: number;
  readonly hasNext: boolean;
  readonly next: () => void;
  readonly previous: () => void;
  readonly resize: (size: number) => void;
}

/** One page of a list at a time, kept true where it is followed. Going back is going back to cursors that were met: the server knows only forward. */
export function usePages<N extends ListName>(
  name: N,
  filters: Omit<InputOf<N>, "limit" | "cursor"> & InputOf<N>,
  { follows = false }: { readonly follows?: boolean } = {},
) {
  const [size, setSize] = useState(keptSize);
  const about = JSON.stringify([name, filters, size]);
  const [place, setPlace] = useState<{ readonly about: string; readonly cursors: readonly string[] }>({
    about,
    cursors: [],
  });
  // Other filters or another size make it another list, which begins at its beginning.
  const cursors = place.about === about ? place.cursors : [];
  const cursor = cursors.at(-1);
  const { query, isLive } = useFollowed(
    name,
    { ...filters, limit: size, ...(cursor !== undefined && { cursor }) },
    { keepsPrevious: true, follows },
  );
  const nextCursor = cursorIn(query.data?.output);
  const paging: Paging = {
    page: cursors.length + 1,
    size,
    hasNext: nextCursor !== undefined && !query.isPlaceholderData,
    next: () => {
      if (nextCursor !== undefined) setPlace({ about, cursors: [...cursors, nextCursor] });
    },
    previous: () => setPlace({ about, cursors: cursors.slice(0, -1) }),
    resize: (wanted) => {
      localStorage.setItem(sizeKey, String(wanted));
      setSize(wanted);
    },
  };
  return { query, paging, isLive };
}

function keptSize(): number {
  const kept = localStorage.getItem(sizeKey);
  return Number(pageSizes.find((size) => size === kept) ?? pageSizes[0]);
}

function cursorIn(output: unknown): string | undefined {
  if (typeof output !== "object" || output === null || !("nextCursor" in output)) return undefined;
  return typeof output.nextCursor === "string" ? output.nextCursor : undefined;
}
