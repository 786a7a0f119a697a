import { useCallback, useMemo, useState } from "react";

export interface Selection {
  readonly ids: ReadonlySet<string>;
  readonly set: (ids: readonly string[], isChosen: boolean) => void;
  readonly clear: () => void;
}

const none: ReadonlySet<string> = new Set();

/** Which rows are chosen, across pages. `about` says of which list; another list begins without any. */
export function useSelection(about: string): Selection {
  const [chosen, setChosen] = useState<{ readonly about: string; readonly ids: ReadonlySet<string> }>({
    about,
    ids: none,
  });
  const ids = chosen.about === about ? chosen.ids : none;
  const set = useCallback(
    (changed: readonly string[], isChosen: boolean) =>
      setChosen((before) => {
        const kept = before.about === about ? before.ids : none;
        return { about, ids: isChosen ? kept.union(new Set(changed)) : kept.difference(new Set(changed)) };
      }),
    [about],
  );
  const clear = useCallback(() => setChosen({ about, ids: none }), [about]);
  return useMemo(() => ({ ids, set, clear }), [ids, set, clear]);
}
