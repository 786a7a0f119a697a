import { useState } from "react";

export interface Selection {
  readonly ids: ReadonlySet<string>;
  readonly set: (ids: readonly string[], isChosen: boolean) => void;
  readonly clear: () => void;
}

/** Which rows are chosen, across pages. `about` says of which list; another list begins without any. */
export function useSelection(about: string): Selection {
  const [chosen, setChosen] = useState<{ readonly about: string; readonly ids: ReadonlySet<string> }>({
    about,
    ids: new Set(),
  });
  const ids = chosen.about === about ? chosen.ids : new Set<string>();
  return {
    ids,
    set: (changed, isChosen) => {
      const next = new Set(ids);
      for (const id of changed) {
        if (isChosen) next.add(id);
        else next.delete(id);
      }
      setChosen({ about, ids: next });
    },
    clear: () => setChosen({ about, ids: new Set() }),
  };
}
